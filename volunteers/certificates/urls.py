"""Where anybody checks a certificate, below the root."""

from django.urls import path

from volunteers.certificates import verify_views as views

app_name = "certificates"
urlpatterns = [
    path("verify/", views.ask, name="ask"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
