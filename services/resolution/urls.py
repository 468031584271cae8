from django.urls import path, re_path

from services.resolution import rate_views, views
from services.resolution.rules import Rate

RATES = "|".join(rate.value for rate in Rate)

urlpatterns = [path("needs/<slug:reference>/answer/", views.feedback, name="feedback")]

staff_urlpatterns = [
    path("needs/rates/", rate_views.rates, name="need-rates"),
    re_path(rf"^needs/rates/(?P<rate>{RATES})/$", rate_views.behind, name="need-rate"),
    path("needs/<slug:reference>/call/", views.call, name="need-call"),
]
