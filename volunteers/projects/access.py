"""Whose projects are whose: who reads, who leads the work, who decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres, works_town_wide
from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from services.centres.models import Centre
from volunteers.projects import rules
from volunteers.projects.models import Project, ProjectQuerySet, ProjectTeam
from volunteers.projects.rules import Facts, Part
from volunteers.teams.access import memberships_of
from volunteers.teams.models import Membership, Team, TeamState


@dataclass(frozen=True)
class ProjectFilter:
    """Which projects of a list to show; an empty part means all."""

    text: str = ""
    category: str = ""
    centre: Centre | None = None
    state: str = ""
    kind: str = ""


def narrowed(projects: ProjectQuerySet, wanted: ProjectFilter) -> ProjectQuerySet:
    """Those that the filter asks for."""
    exact = {
        "category": wanted.category,
        "centre": wanted.centre,
        "state": wanted.state,
        "kind": wanted.kind,
    }
    found = projects.filter(**{name: value for name, value in exact.items() if value})
    return found.matching(wanted.text)


def public_projects() -> ProjectQuerySet:
    """What everybody may read, those under way first, then the latest."""
    rank = Case(
        When(state=rules.State.ACTIVE, then=Value(0)),
        When(state__in=[rules.State.REVIEW, rules.State.PAUSED], then=Value(1)),
        When(state=rules.State.CANCELLED, then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Project.objects.public().order_by(rank, "-approved_at", "-pk")


def get_public_project(code: str) -> Project:
    """The project, or 404 while nobody approved it."""
    return get_object_or_404(public_projects().for_list(), code=code)


def projects_of(user: User, day: date) -> ProjectQuerySet:
    """Those that the person leads or proposed, and those of the teams they are in that day."""
    member = memberships_of(user, day).values("team")
    # A subquery, not a join: PostgreSQL takes no DISTINCT with such an order.
    shared = ProjectTeam.objects.filter(team__in=member)
    mine = Q(lead=user) | Q(proposed_by=user) | Q(pk__in=shared.values("project"))
    open_first = Case(
        When(state__in=rules.OPEN_STATES, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return Project.objects.filter(mine).order_by(open_first, "-pk")


def get_project_of(user: User, code: str, day: date) -> Project:
    """A project of the person's own or their teams, or 404."""
    return get_object_or_404(projects_of(user, day).for_list(), code=code)


def get_project_to_lead(user: User, code: str, day: date) -> Project:
    """A project whose work the person leads, or 404."""
    led = memberships_of(user, day).deciding().values("team")
    mine = Project.objects.filter(Q(lead=user) | Q(teams__in=led)).distinct()
    return get_object_or_404(mine.for_list(), code=code)


def projects_of_staff(user: User, day: date) -> ProjectQuerySet:
    """Those of the centres where the person works; town-wide staff and auditors see all."""
    if works_town_wide(user, day) or user.is_auditor(day):
        return Project.objects.all()
    return Project.objects.filter(staffed_centres(user, day))


def for_staff_list(projects: ProjectQuerySet) -> ProjectQuerySet:
    """What waits for a decision first, the longest wait before all."""
    waits = Case(
        When(state=rules.State.PROPOSED, then=F("proposed_at")),
        When(state=rules.State.REVIEW, then=F("submitted_at")),
    )
    return projects.for_list().order_by(waits.asc(nulls_last=True), "-pk")


def get_project_of_staff(user: User, code: str, day: date) -> Project:
    """A project of the person's centres, or 404."""
    return get_object_or_404(projects_of_staff(user, day).for_list(), code=code)


def leads(user: User, project: Project, day: date) -> bool:
    """Whether the person is the lead, or leads one of the teams that day."""
    if user.pk == project.lead_id:
        return True
    led = memberships_of(user, day).deciding().values("team")
    return project.links.filter(team__in=led).exists()


def manages(user: User, project: Project, day: date) -> bool:
    """Whether the person manages the project's centre; of the town's, the administrators."""
    if project.centre_id is None:
        return user.is_town_admin(day)
    return user.manages(project.centre_id, day)


def is_own(user: User, project: Project) -> bool:
    """Whether it is the person's own: nobody decides on what they lead, proposed or handed in."""
    return user.pk in _own_people(project)


def parts_of(user: User | AnonymousUser, project: Project, day: date) -> frozenset[Part]:
    """What the person is to the project that day."""
    if not isinstance(user, User):
        return frozenset()
    if leads(user, project, day):
        return frozenset({Part.LEADS})
    if manages(user, project, day) and not is_own(user, project):
        return frozenset({Part.DECIDES})
    return frozenset()


def facts_of(project: Project) -> Facts:
    """What the gates ask: two queries."""
    steps = project.milestones.aggregate(
        whole=Count("pk"), left=Count("pk", filter=Q(state=rules.MilestoneState.OPEN))
    )
    photos = project.evidence.aggregate(
        befores=Count("pk", filter=Q(kind="before")), afters=Count("pk", filter=Q(kind="after"))
    )
    return Facts(
        has_target=bool(project.target),
        has_result=bool(project.result),
        first_day=project.starts_on,
        last_day=project.ends_on,
        milestones=steps["whole"],
        open_milestones=steps["left"],
        befores=photos["befores"],
        afters=photos["afters"],
    )


def teams_to_take_part(led: Sequence[Team]) -> "list[Team]":
    """Whom a project of these teams can be shared with: teams of their centres, and the town's."""
    places = {team.centre_id for team in led}
    near = Q(centre__in=[place for place in places if place]) | Q(centre=None)
    near_all = Q() if None in places else near
    return list(Team.objects.filter(near_all, state=TeamState.ACTIVE).order_by("code"))


def deciders_of(project: Project, day: date) -> list[User]:
    """Who can decide on it: its centre's managers, else the town's administrators."""
    town = Q(role=Role.TOWN_ADMIN)
    here = Q(role=Role.CENTRE_MANAGER, scope=Scope.CENTRE, scope_id=project.centre_id)
    own = [person.pk for person in people_of(project, day)]
    outsiders = User.objects.filter(is_active=True).exclude(pk__in=own)
    for place in [here, town] if project.centre_id else [town]:
        grants = RoleGrant.objects.in_force(day).filter(place)
        if found := list(outsiders.filter(pk__in=grants.values("user"))):
            return found
    return []


def people_of(project: Project, day: date) -> list[User]:
    """Who does the work: the lead, who proposed or handed it in, and its teams' leaders."""
    leading = Membership.objects.on(day).deciding().filter(team__project_links__project=project)
    named = Q(pk__in=[pk for pk in _own_people(project) if pk])
    people = User.objects.filter(Q(pk__in=leading.values("user")) | named, is_active=True)
    return list(people.order_by("pk"))


def _own_people(project: Project) -> tuple[int | None, ...]:
    return project.lead_id, project.proposed_by_id, project.submitted_by_id
