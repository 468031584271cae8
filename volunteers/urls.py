"""The volunteers' pages, below /volunteer/."""

from django.urls import include, path

from volunteers.boards import own_views as own_stars
from volunteers.boards import views as boards
from volunteers.certificates import views as certificates
from volunteers.entering import views as entering
from volunteers.evidence.urls import urlpatterns as pictures
from volunteers.hours import leader_views, outbox_views, views
from volunteers.joining import views as joining
from volunteers.leadership import views as leadership
from volunteers.making import session_views
from volunteers.making import views as making
from volunteers.needs import visit_views as visits
from volunteers.needs.urls import urlpatterns as needs
from volunteers.pages import views as pages
from volunteers.plans.urls import urlpatterns as plans
from volunteers.presence import list_views, walk_in_views
from volunteers.presence import views as presence
from volunteers.projects.lead_urls import urlpatterns as projects
from volunteers.recognition import views as stars
from volunteers.records import views as records

app_name = "volunteers"
urlpatterns = [
    path("", views.my_hours, name="my-hours"),
    path("hours/", outbox_views.send, name="send-hours"),
    path("teams/", pages.teams, name="teams"),
    path("teams/<slug:code>/", pages.team, name="team"),
    path("teams/<slug:code>/join/", joining.join, name="join-team"),
    path("teams/<slug:code>/withdraw/", joining.withdraw, name="withdraw-request"),
    path("teams/<slug:code>/leave/", joining.leave, name="leave-team"),
    path("teams/<slug:code>/people/", pages.people, name="team-people"),
    path("teams/<slug:code>/requests/<int:pk>/", joining.answer, name="join-request"),
    path("teams/<slug:code>/propose/", leadership.propose, name="propose-role"),
    path(
        "teams/<slug:code>/proposals/<int:pk>/withdraw/",
        leadership.withdraw,
        name="withdraw-proposal",
    ),
    path("teams/<slug:code>/deputies/<int:pk>/end/", leadership.end_term, name="end-deputy"),
    path("hours/<uuid:pk>/", records.hour_record, name="hour-record"),
    path("teams/<slug:code>/record/", entering.evening, name="record-evening"),
    path("teams/<slug:code>/hours/", leader_views.team_hours, name="team-hours"),
    path("teams/<slug:code>/hours/<uuid:pk>/", leader_views.ask_or_reject, name="ask-about-hours"),
    path("hours/<uuid:pk>/photo/", views.photo, name="hour-photo"),
    path("needs/", include(needs)),
    path("teams/<slug:code>/visits/", visits.visits, name="team-visits"),
    path("teams/<slug:code>/visits/new/", visits.new, name="team-visit-new"),
    path("projects/", include([*projects, *plans, *pictures])),
    path("teams/<slug:code>/activities/", making.of_team, name="team-activities"),
    path("teams/<slug:code>/activities/new/", making.new_of_team, name="team-activity-new"),
    path("activities/<slug:code>/", making.manage, name="activity"),
    path("activities/<slug:code>/edit/", making.edit, name="activity-edit"),
    path("activities/<slug:code>/publish/", making.publish, name="activity-publish"),
    path("activities/<slug:code>/cancel/", making.cancel, name="activity-cancel"),
    path("activities/<slug:code>/sessions/new/", session_views.new, name="session-new"),
    path("sessions/<int:pk>/", list_views.attendance, name="session-list"),
    path("sessions/<int:pk>/walk-in/", walk_in_views.walk_in, name="session-walk-in"),
    path("sessions/<int:pk>/edit/", session_views.edit, name="session-edit"),
    path("sessions/<int:pk>/copy/", session_views.copy, name="session-copy"),
    path("sessions/<int:pk>/cancel/", session_views.cancel, name="session-cancel"),
    path("sessions/<int:pk>/code/", presence.code, name="session-code"),
    path("sessions/<int:pk>/kiosk/", presence.kiosk, name="session-kiosk"),
    path("sessions/<int:pk>/attend/", presence.attend, name="attend"),
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
