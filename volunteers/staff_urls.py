"""The staff's pages of the volunteers, below /staff/."""

from django.urls import path

from volunteers.certificates import staff_views as certificates
from volunteers.importing import views as importing
from volunteers.joining import views as joining
from volunteers.leadership import views as leadership
from volunteers.needs import staff_views as needs
from volunteers.pages import staff_views as pages
from volunteers.recognition import staff_views as stars
from volunteers.returns import views as returns
from volunteers.states import views as states

app_name = "volunteer-staff"
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
    path("teams/<slug:code>/members/<int:pk>/end/", joining.remove, name="member-end"),
    path("teams/<slug:code>/requests/<int:pk>/", joining.staff_answer, name="join-request"),
    path("needs/<slug:reference>/projects/", needs.projects, name="need-projects"),
    path("needs/<slug:reference>/projects/<slug:code>/unlink/", needs.unlink, name="need-unlink"),
    path("stars/", stars.stars, name="stars"),
    path("stars/<int:pk>/", stars.star, name="star"),
    path("stars/<int:pk>/objection/", stars.desk_objection, name="desk-objection"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("returns/", returns.returns, name="returns"),
    path("returns/<int:pk>/", returns.batch, name="return"),
    path("returns/<int:pk>/file/", returns.file, name="return-file"),
    path("returns/<int:pk>/answers/", returns.answers, name="return-answers"),
    path("returns/<int:pk>/act/", returns.act, name="return-act"),
]
