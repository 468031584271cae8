"""The volunteers' pages, below /volunteer/."""

from django.urls import path

from volunteers.boards import own_views as own_stars
from volunteers.boards import views as boards
from volunteers.certificates import views as certificates
from volunteers.hours import leader_views, outbox_views, views
from volunteers.recognition import views as stars

app_name = "volunteers"
urlpatterns = [
    path("", views.my_hours, name="my-hours"),
    path("hours/", outbox_views.send, name="send-hours"),
    path("teams/<slug:code>/hours/", leader_views.team_hours, name="team-hours"),
    path("teams/<slug:code>/hours/<uuid:pk>/", leader_views.ask_or_reject, name="ask-about-hours"),
    path("session/", outbox_views.session, name="session"),
    path("offline/", outbox_views.offline, name="offline"),
    path("stars/", own_stars.my_stars, name="stars"),
    path("stars/named/", own_stars.name_me, name="name-me"),
    path("notices/", stars.notices, name="notices"),
    path("notices/<int:pk>/object/", stars.object_to, name="object"),
    path("board/", boards.board, name="board"),
    path("board/<slug:code>/", boards.team_board, name="team-board"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/star/", certificates.make_for_star, name="certificate-of-star"),
    path("certificates/<str:code>/paper/", certificates.paper, name="certificate-paper"),
    path("worker.js", outbox_views.worker, name="worker"),
]
