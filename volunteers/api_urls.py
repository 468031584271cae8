"""The volunteers' part of the public API."""

from django.urls import path

from volunteers.hours.api import entry, hours
from volunteers.pages.api import TeamDetail, TeamList
from volunteers.projects.api import ProjectDetail, ProjectList
from volunteers.signups.api import ActivityList, activity, signup

urlpatterns = [
    path("activities/", ActivityList.as_view(), name="api-activities"),
    path("activities/<slug:code>/", activity, name="api-activity"),
    path(
        "activities/<slug:code>/sessions/<int:pk>/signup/",
        signup,
        name="api-activity-signup",
    ),
    path("hours/", hours, name="api-hours"),
    path("hours/<uuid:pk>/", entry, name="api-hour-entry"),
    path("teams/", TeamList.as_view(), name="api-teams"),
    path("teams/<slug:code>/", TeamDetail.as_view(), name="api-team"),
    path("projects/", ProjectList.as_view(), name="api-projects"),
    path("projects/<slug:code>/", ProjectDetail.as_view(), name="api-project"),
]
