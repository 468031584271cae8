"""The volunteers' pages, below /volunteer/."""

from django.urls import path

from volunteers.entering import views as entering
from volunteers.hours import leader_views, outbox_views, views
from volunteers.records import views as records

app_name = "volunteers"
urlpatterns = [
    path("", views.my_hours, name="my-hours"),
    path("hours/", outbox_views.send, name="send-hours"),
    path("hours/<uuid:pk>/", records.hour_record, name="hour-record"),
    path("teams/<slug:code>/record/", entering.evening, name="record-evening"),
    path("teams/<slug:code>/hours/", leader_views.team_hours, name="team-hours"),
    path("teams/<slug:code>/hours/<uuid:pk>/", leader_views.ask_or_reject, name="ask-about-hours"),
    path("session/", outbox_views.session, name="session"),
    path("offline/", outbox_views.offline, name="offline"),
    path("worker.js", outbox_views.worker, name="worker"),
]
