"""The volunteers' part of the public API."""

from django.urls import path

from volunteers.hours.api import entry, hours
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
]
