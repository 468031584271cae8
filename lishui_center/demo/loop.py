"""What joins the demo's parts: needs with projects and teams, and advice that opened new needs."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice

from django.db.models import Q

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.dispatching.models import LIVE, Dispatch, DispatchState
from services.lending.models import ForKind, Use
from services.requests.models import Category as Need
from services.requests.models import ServiceRequest
from services.requests.projects import PROJECT
from services.requests.rules import AT_WORK, SOLVED, State
from services.requests.targets import TEAM
from services.resolution.models import Feedback
from thinktank.followup.actions import Step, add_action
from thinktank.followup.models import Action, ActionKind
from thinktank.recommendations.models import Recommendation
from thinktank.subjects.links import Opening
from thinktank.subjects.opening import open_need
from volunteers.activities.models import Activity, ActivityKind
from volunteers.hours.models import HourEntry
from volunteers.needs.models import ProjectNeed
from volunteers.projects.models import Category as About
from volunteers.projects.models import Project, ProjectTeam
from volunteers.projects.rules import State as ProjectState
from volunteers.teams.models import Team

# Which projects are about what a need is about.
ABOUT: dict[str, frozenset[str]] = {
    Need.ENVIRONMENT: frozenset({About.ENVIRONMENT}),
    Need.ROADS: frozenset({About.INFRASTRUCTURE, About.TRANSPORT}),
    Need.PARKING: frozenset({About.PARKING, About.TRANSPORT}),
    Need.WATER: frozenset({About.ENVIRONMENT, About.SAFETY}),
    Need.FACILITIES: frozenset({About.INFRASTRUCTURE, About.HOUSING}),
    Need.SAFETY: frozenset({About.SAFETY}),
    Need.NOISE: frozenset({About.ORDER, About.ENVIRONMENT}),
    Need.NEIGHBOURS: frozenset({About.MEDIATION}),
    Need.ELDERS: frozenset({About.ELDERLY}),
    Need.CHILDREN: frozenset({About.CHILDREN, About.YOUTH}),
    Need.CULTURE: frozenset({About.CULTURE}),
    Need.SERVICES: frozenset({About.SERVICES, About.NEW_RESIDENTS}),
    Need.OTHER: frozenset(),
}
SOLVED_LINKS, TO_TEAMS, FOLLOWED, USES = 60, 12, 2, 4
AGO = timedelta(hours=1)
TOWN, STAIRS, ENTRIES = "town", "楼道", 12


def make_loop(users: dict[str, User], *, now: datetime) -> None:
    """Join what is there already; a few statements each."""
    projects = _by_centre()
    _link_escalated(projects, users["admin"], now)
    _link_solved(projects, users["admin"], now)
    _pass_to_teams()
    _serve_projects()
    _open_needs(users["admin"], now)
    _go_all_the_way(users["admin"])


def _by_centre() -> dict[int | None, list[Project]]:
    """The projects of each centre that work went into, those under way first."""
    found: dict[int | None, list[Project]] = defaultdict(list)
    states = [ProjectState.ACTIVE, ProjectState.REVIEW, ProjectState.COMPLETED]
    order = {state: place for place, state in enumerate(states)}
    begun = Project.objects.filter(state__in=states).order_by("pk")
    for project in sorted(begun, key=lambda one: order[ProjectState(one.state)]):
        found[project.centre_id].append(project)
    return found


def _link_escalated(projects: dict[int | None, list[Project]], by: User, now: datetime) -> None:
    """What was made into a project has one, whose lead acts for it."""
    links, sent = [], []
    needs = list(ServiceRequest.objects.filter(state=State.ESCALATED_TO_PROJECT).order_by("pk"))
    town = cycle(projects[None])
    for need in needs:
        near = projects.get(need.centre_id, [])
        fitting = _about(need, [*near, *projects[None]])
        project = fitting or (near[0] if near else next(town))
        need.target_kind, need.target_code, need.handler = PROJECT, project.code, None
        at = need.moved_at
        links.append(ProjectNeed(project=project, request=need, linked_by=by, linked_at=at))
        sent.append(
            Dispatch(
                request=need,
                target_kind=PROJECT,
                target_code=project.code,
                state=DispatchState.ACCEPTED,
                sent_at=at,
                accepted_at=at,
                sent_by=by,
            )
        )
    old = Dispatch.objects.filter(request__in=needs, state__in=LIVE)
    old.update(state=DispatchState.DONE, ended_at=now)
    ServiceRequest.objects.bulk_update(
        needs, ["target_kind", "target_code", "handler"], batch_size=200
    )
    Dispatch.objects.bulk_create(sent)
    ProjectNeed.objects.bulk_create(links)


def _link_solved(projects: dict[int | None, list[Project]], by: User, now: datetime) -> None:
    """Some that are solved, or said to be, were so by a project of their centre or the town."""
    needs = ServiceRequest.objects.filter(state__in=SOLVED).order_by("-pk")
    reach = {centre: [*near[::-1], *projects[None]] for centre, near in projects.items()}
    solved = ((need, _about(need, reach.get(need.centre_id, []))) for need in needs)
    ProjectNeed.objects.bulk_create(
        ProjectNeed(project=project, request=need, linked_by=by, linked_at=now)
        for need, project in islice(((n, p) for n, p in solved if p), SOLVED_LINKS)
    )


def _about(need: ServiceRequest, projects: Sequence[Project]) -> Project | None:
    """The first that is about the same."""
    about = ABOUT[need.category]
    return next((project for project in projects if project.category in about), None)


def _pass_to_teams() -> None:
    """Some that are being worked on are with a team of their centre."""
    teams: dict[int | None, Team] = {}
    for team in Team.objects.active().order_by("-pk"):
        teams[team.centre_id] = team
    at_work = Q(state__in=[*AT_WORK, State.DISPATCHED])
    needs = ServiceRequest.objects.filter(at_work, centre__in=[pk for pk in teams if pk])
    chosen = list(needs.order_by("pk")[:TO_TEAMS])
    for need in chosen:
        code = teams[need.centre_id].code
        need.target_kind, need.target_code, need.handler = TEAM, code, None
        Dispatch.objects.filter(request=need, state__in=LIVE).update(
            target_kind=TEAM, target_code=code
        )
    ServiceRequest.objects.bulk_update(chosen, ["target_kind", "target_code", "handler"])


def _serve_projects() -> None:
    """Service of a team with a project under way is for that project; so are some uses."""
    busy = ProjectTeam.objects.filter(project__state=ProjectState.ACTIVE).order_by("-pk")
    by_team = {link.team_id: link.project_id for link in busy}
    service = list(Activity.objects.filter(kind=ActivityKind.SERVICE, team__in=by_team))
    for activity in service:
        if activity.team_id:
            activity.project_id = by_team[activity.team_id]
    Activity.objects.bulk_update(service, ["project"])
    codes = ProjectNeed.objects.order_by("pk").values_list("project__code", flat=True)
    own = Use.objects.filter(for_kind=ForKind.NONE).order_by("pk").values_list("pk", flat=True)
    for pk, code in zip(own[:USES], codes[:USES], strict=False):
        Use.objects.filter(pk=pk).update(for_kind=ForKind.PROJECT, for_code=code)


def _open_needs(by: User, now: datetime) -> None:
    """Steps that ask for a need open it, and what had its effect goes on elsewhere."""
    at = now - AGO
    waiting = Action.objects.filter(kind=ActionKind.NEW_REQUEST, reference="")
    for action in waiting.select_related("recommendation").order_by("pk"):
        advice = action.recommendation
        opening = Opening(
            title=action.title,
            text=advice.text,
            due_on=action.due_on,
            centre_id=advice.centre_id,
            by=by,
            source=f"智库建议{advice.pk}",
            now=at,
        )
        action.reference = open_need(opening)
        action.save(update_fields=["reference"])
    worked = Recommendation.objects.filter(verification__has_effect=True).order_by("pk")
    for advice in worked[:FOLLOWED]:
        step = Step(
            ActionKind.NEW_REQUEST,
            "把有效的做法推广到邻近村居",
            today(now) + timedelta(days=30),
            opens=True,
        )
        add_action(recommendation_id=advice.pk, step=step, by=by, now=at)


def _go_all_the_way(by: User) -> None:
    """One need of the town's centre from which every step leads on, to a need that follows."""
    told = Recommendation.objects.filter(
        verification__has_effect=True,
        actions__kind=ActionKind.NEW_REQUEST,
        observation__subject_code=TOWN,
    )
    advice = told.select_related("observation").order_by("pk").first()
    done = Project.objects.filter(centre=None, state=ProjectState.COMPLETED)
    project = done.filter(title_zh__contains=STAIRS).order_by("pk").first()
    said = Feedback.objects.filter(
        solved=True, follower__request__centre__code=TOWN, follower__request__text__contains=STAIRS
    )
    answer = said.select_related("follower__request").order_by("pk").first()
    if advice and project and answer:
        _take_up(answer.follower.request, project, by)


def _take_up(need: ServiceRequest, project: Project, by: User) -> None:
    """The project solved it: with hours of the town's own team."""
    at = need.created_at + timedelta(days=1)
    ProjectNeed.objects.get_or_create(
        project=project, request=need, defaults={"linked_by": by, "linked_at": at}
    )
    helpers = Team.objects.get(code=f"{TOWN}-vanguard")
    ProjectTeam.objects.get_or_create(project=project, team=helpers)
    free = HourEntry.objects.approved().filter(team=helpers)
    during = free.filter(date__range=(today(at), today(project.completed_at or at)))
    chosen = list(during.order_by("pk").values_list("pk", flat=True)[:ENTRIES])
    HourEntry.objects.filter(pk__in=chosen).update(project=project)
