"""A suspension, as the person concerned sees it."""

from django.urls import path

from services.standing import views

app_name = "standing"
urlpatterns = [
    path("my/standing/", views.mine, name="mine"),
    path("standing/<str:token>/", views.show, name="show"),
]
