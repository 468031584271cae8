"""The volunteers' part of the public API."""

from django.urls import path

from volunteers.hours.api import entry, hours
from volunteers.pages.api import TeamDetail, TeamList

urlpatterns = [
    path("hours/", hours, name="api-hours"),
    path("hours/<uuid:pk>/", entry, name="api-hour-entry"),
    path("teams/", TeamList.as_view(), name="api-teams"),
    path("teams/<slug:code>/", TeamDetail.as_view(), name="api-team"),
]
