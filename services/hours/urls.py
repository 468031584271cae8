from django.urls import path

from services.hours import views

app_name = "centres"

urlpatterns = [
    path("centres/", views.centres, name="list"),
    path("centres/<slug:code>/", views.centre, name="centre"),
]
