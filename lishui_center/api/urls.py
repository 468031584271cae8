"""The public API, version 1."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from lishui_center.api.errors import not_found

# Swagger's page lays itself out in a style element that knows no nonce.
docs = csp_update({"style-src": [UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(url_name="schema")
)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("", include("services.api_urls")),
    path("", include("volunteers.api_urls")),
    path("", include("thinktank.api_urls")),
    path("", include("lishui_center.dashboards.api_urls")),
    re_path("", not_found),
]
