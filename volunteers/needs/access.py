"""Which needs are with whose teams and projects, and which projects can take one up."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from lishui_center.accounts.models import User
from services.centres.models import Centre, CentreQuerySet
from services.requests.models import ServiceRequest, ServiceRequestQuerySet
from services.requests.projects import PROJECT, LinkedProject
from services.requests.targets import TEAM
from volunteers.needs.models import ProjectNeed
from volunteers.projects.models import Project, ProjectQuerySet
from volunteers.projects.rules import WORK_STATES
from volunteers.teams.access import deciders_of, memberships_of, teams_led_by
from volunteers.teams.models import Team


def team_names() -> Mapping[str, str]:
    """The teams that take needs: {code: name}."""
    return {team.code: team.name for team in Team.objects.active()}


def all_team_names(codes: Collection[str]) -> Mapping[str, str]:
    """The same for these, disbanded or not."""
    return {team.code: team.name for team in Team.objects.filter(code__in=codes)}


def team_codes_of(user: User, day: date) -> Collection[str]:
    """The teams for which the person takes needs: as their leader or deputy."""
    return {team.code for team in teams_led_by(user, day)}


def team_people(code: str, _day: date) -> list[User]:
    """Who acts for the team."""
    team = Team.objects.filter(code=code).first()
    return deciders_of(team) if team else []


def project_names() -> Mapping[str, str]:
    """The projects that take needs: {code: title}."""
    return {project.code: project.title for project in taking_projects()}


def all_project_names(codes: Collection[str]) -> Mapping[str, str]:
    """The same for these, also once they are over."""
    return {project.code: project.title for project in Project.objects.filter(code__in=codes)}


def project_codes_of(user: User, _day: date) -> Collection[str]:
    """The approved projects that the person leads, ended ones too: a need may still be open."""
    return list(user.projects_led.public().values_list("code", flat=True))


def project_people(code: str, _day: date) -> list[User]:
    """Who acts for the project: its lead."""
    return list(User.objects.filter(projects_led__code=code, is_active=True))


def taking_projects() -> ProjectQuerySet:
    """Those that were approved and are not over."""
    return Project.objects.filter(state__in=WORK_STATES).order_by("code")


def projects_for(need: ServiceRequest) -> ProjectQuerySet:
    """Those that can take the need up: of its centre, of who is responsible, or of the town."""
    near = Q(centre=None) | Q(centre__in=[need.centre_id, need.responsible_id])
    return taking_projects().filter(near)


def choices_for(need: ServiceRequest) -> list[tuple[str, str]]:
    """The same for a form, without those that are linked."""
    free = projects_for(need).exclude(need_links__request=need)
    return [(project.code, project.title) for project in free]


def links_of(need: ServiceRequest) -> list[ProjectNeed]:
    """The need's links, with the projects."""
    return list(ProjectNeed.objects.filter(request=need).select_related("project"))


def linked_with(need: ServiceRequest) -> list[LinkedProject]:
    """The projects that take the need up, as the staff's pages name them."""
    return [
        LinkedProject(
            code=link.project.code,
            title=link.project.title,
            state=link.project.get_state_display(),
            tone=link.project.tone,
            url=reverse("projects-staff:project", args=[link.project.code]),
            public_url=reverse("projects:project", args=[link.project.code]),
        )
        for link in links_of(need)
    ]


def needs_of(project: Project) -> list[ServiceRequest]:
    """The needs that the project takes up, with those that were joined with them left out."""
    return list(
        ServiceRequest.objects.filter(project_links__project=project).order_by("project_links__pk")
    )


def get_link(need: ServiceRequest, code: str) -> ProjectNeed:
    """The need's link with that project, or 404."""
    found = ProjectNeed.objects.select_related("project", "request")
    return get_object_or_404(found, request=need, project__code=code)


def needs_passed_to(user: User, day: date) -> ServiceRequestQuerySet:
    """The needs that the person's teams and projects have now, the longest waiting first."""
    mine = Q(target_kind=TEAM, target_code__in=team_codes_of(user, day))
    mine |= Q(target_kind=PROJECT, target_code__in=project_codes_of(user, day))
    return ServiceRequest.objects.filter(mine).order_by("moved_at", "pk")


def get_need_passed_to(user: User, reference: str, day: date) -> ServiceRequest:
    """A need that the person's teams or projects have, or 404."""
    if not reference.isalnum():  # no database takes a NUL
        raise Http404
    found = needs_passed_to(user, day).for_page()
    return get_object_or_404(found, reference=reference.upper())


def get_team_to_visit(user: User, code: str, day: date) -> Team:
    """The active team of which the person is a member that day, or 404."""
    own = memberships_of(user, day).values("team")
    found = Team.objects.active().filter(pk__in=own).select_related("centre")
    return get_object_or_404(found, code=code)


def centres_of_team(team: Team) -> CentreQuerySet:
    """Where the team visits people: its centre with its stations; a team of the town, anywhere."""
    centres = Centre.objects.active()
    if team.centre_id is None:
        return centres
    return centres.filter(Q(pk=team.centre_id) | Q(parent=team.centre_id))


def needs_noted_by(team: Team) -> ServiceRequestQuerySet:
    """What the team noted on its visits, the newest first."""
    return ServiceRequest.objects.filter(visited_by=team.code).select_related("centre")
