"""The volunteers' pages, below /volunteer/."""

from django.urls import path

from volunteers.hours import outbox_views, views

app_name = "volunteers"
urlpatterns = [
    path("", views.my_hours, name="my-hours"),
    path("hours/", outbox_views.send, name="send-hours"),
    path("session/", outbox_views.session, name="session"),
    path("offline/", outbox_views.offline, name="offline"),
    path("worker.js", outbox_views.worker, name="worker"),
]
