"""The staff's pages of the volunteers, below /staff/."""

from django.urls import path

from volunteers.importing import views as importing
from volunteers.joining import views as joining
from volunteers.leadership import views as leadership
from volunteers.pages import staff_views as pages
from volunteers.states import views as states

app_name = "volunteer_staff"
urlpatterns = [
    path("teams/", pages.teams, name="teams"),
    path("teams/add/", pages.edit, name="team-add"),
    path("teams/import/", importing.upload, name="import"),
    path("teams/import/template.xlsx", importing.template, name="import-template"),
    path("teams/import/<int:pk>/", importing.preview, name="import-preview"),
    path("teams/<slug:code>/", pages.team, name="team"),
    path("teams/<slug:code>/edit/", pages.edit, name="team-edit"),
    path("teams/<slug:code>/state/", states.state, name="team-state"),
    path("teams/<slug:code>/propose/", leadership.staff_propose, name="propose"),
    path("teams/<slug:code>/proposals/<int:pk>/", leadership.staff_decide, name="proposal"),
    path(
        "teams/<slug:code>/proposals/<int:pk>/withdraw/",
        leadership.staff_withdraw,
        name="proposal-withdraw",
    ),
    path("teams/<slug:code>/requests/<int:pk>/", joining.staff_answer, name="join-request"),
]
