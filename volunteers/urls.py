"""The volunteers' pages, below /volunteer/."""

from django.urls import path

from volunteers.hours import views

app_name = "volunteers"
urlpatterns = [path("", views.my_hours, name="my-hours")]
