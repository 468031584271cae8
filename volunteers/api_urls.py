"""The volunteers' part of the public API."""

from django.urls import path

from volunteers.hours.api import entry, hours

urlpatterns = [
    path("hours/", hours, name="api-hours"),
    path("hours/<uuid:pk>/", entry, name="api-hour-entry"),
]
