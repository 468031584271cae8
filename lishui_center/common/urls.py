from django.conf import settings
from django.templatetags.static import static
from django.urls import path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from lishui_center.common import views

app_name = "common"

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("settings/", views.preferences, name="settings"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("img/favicon.ico"))),
]

if settings.DEBUG:
    from lishui_center.common.gallery import gallery

    urlpatterns.append(path("dev/components/", gallery, name="gallery"))
