"""The volunteers' pages, below /volunteer/."""

from django.urls import include, path

from volunteers.evidence.urls import urlpatterns as pictures
from volunteers.hours import leader_views, outbox_views, views
from volunteers.plans.urls import urlpatterns as plans
from volunteers.projects.lead_urls import urlpatterns as projects

app_name = "volunteers"
urlpatterns = [
    path("", views.my_hours, name="my-hours"),
    path("hours/", outbox_views.send, name="send-hours"),
    path("teams/<slug:code>/hours/", leader_views.team_hours, name="team-hours"),
    path("teams/<slug:code>/hours/<uuid:pk>/", leader_views.ask_or_reject, name="ask-about-hours"),
    path("projects/", include([*projects, *plans, *pictures])),
    path("session/", outbox_views.session, name="session"),
    path("offline/", outbox_views.offline, name="offline"),
    path("worker.js", outbox_views.worker, name="worker"),
]
