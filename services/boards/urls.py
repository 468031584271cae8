from django.urls import path

from services.boards import streams, views

app_name = "boards"

urlpatterns = [
    path("queue/<slug:code>/board/", views.board, name="board"),
    path("events/hall/<slug:code>/", streams.hall_events, name="events"),
]
