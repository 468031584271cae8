"""140 projects: three of every village and community, twenty of the whole town, at every state."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.demo.pictures import Pictures, make_pictures
from lishui_center.demo.places import Network
from lishui_center.demo.tables import rows
from services.centres.models import Centre
from volunteers.evidence.models import Evidence, EvidenceKind
from volunteers.hours.models import HourEntry
from volunteers.plans.models import BudgetLine, Milestone, Source
from volunteers.projects.models import ActiveSpell, Project, ProjectKind, ProjectTeam
from volunteers.projects.rules import MilestoneState, State
from volunteers.teams.models import Membership, Team

SEED = 140_140
EACH, TOWN_WIDE = 3, 20
ENDED = (State.REVIEW, State.COMPLETED)
STARTED = (State.ACTIVE, State.PAUSED, *ENDED)
STATES = (
    [State.COMPLETED] * 7
    + [State.ACTIVE] * 7
    + [State.APPROVED, State.APPROVED, State.PROPOSED, State.PROPOSED]
    + [State.REVIEW, State.PAUSED, State.IDEA, State.CANCELLED]
)
STEPS = [("摸底走访", 20), ("商定方案", 20), ("动手实施", 40), ("回访验收", 20)]
COSTS = [("材料与工具", Source.CENTRE), ("宣传与标识", Source.PARTY), ("施工", Source.TOWN)]
REASONS = {State.PAUSED: "连日降雨，天晴后继续", State.CANCELLED: "已由其他项目解决"}


class Makers:
    """Who leads and who decides, and the chance that shapes the projects."""

    def __init__(self, users: dict[str, User], now: datetime) -> None:
        self.rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
        self.now, self.day = now, today(now)
        self.fallback, self.decides = users["leader"], users["admin"]
        leading = Membership.objects.on(self.day).deciding().select_related("user")
        self.leaders = {member.team_id: member.user for member in leading.order_by("-role")}

    def lead_of(self, team: Team) -> User:
        """The team's leader; a team without one borrows the demo's."""
        return self.leaders.get(team.pk, self.fallback)


def make_projects(network: Network, users: dict[str, User], *, now: datetime) -> None:
    """Store them with their plans, money and pictures; the first has people's hours."""
    makers = Makers(users, now)
    planned = list(_planned(network, makers))
    projects = Project.objects.bulk_create(project for project, _teams in planned)
    ProjectTeam.objects.bulk_create(
        ProjectTeam(project=project, team=team, is_responsible=number == 0)
        for project, teams in planned
        for number, team in enumerate(teams)
    )
    ActiveSpell.objects.bulk_create(_spell(project) for project in projects if _has_begun(project))
    Milestone.objects.bulk_create(step for project in projects for step in _steps(project, makers))
    BudgetLine.objects.bulk_create(line for project in projects for line in _money(project, makers))
    pictures = make_pictures(by=users["admin"], now=now)
    Evidence.objects.bulk_create(
        shot for project in projects for shot in _evidence(project, pictures, makers)
    )
    _serve(planned)


def _planned(network: Network, makers: Makers) -> Iterator[tuple[Project, list[Team]]]:
    """Each project with its teams, the responsible one first."""
    titles = rows("project_titles")
    teams: dict[int | None, list[Team]] = {}
    for team in Team.objects.order_by("pk"):
        teams.setdefault(team.centre_id, []).append(team)
    places: list[Centre | None] = [place for place in network.communities for _ in range(EACH)]
    places += [None] * TOWN_WIDE
    counted: dict[Centre | None, int] = {}
    for number, place in enumerate(places):
        counted[place] = counted.get(place, 0) + 1
        near = teams[place.pk] if place else teams[network.town.pk] + teams[None]
        part = near[number % len(near) :][:1] + (makers.rng.sample(near, 1) if not place else [])
        code = f"{place.code if place else 'town-wide'}-{counted[place]}"
        words = titles[(number * 7 + number // len(titles)) % len(titles)]
        state = STATES[(number * 5) % len(STATES)]
        yield _project(place, code, words, state, makers, part[0]), list(dict.fromkeys(part))


def _project(
    place: Centre | None,
    code: str,
    words: dict[str, str],
    state: State,
    makers: Makers,
    team: Team,
) -> Project:
    rng = makers.rng
    began = {State.COMPLETED: rng.randint(160, 420), State.REVIEW: rng.randint(90, 150)}
    first = makers.day - timedelta(days=began.get(state, rng.randint(25, 78)))
    noted = makers.now - timedelta(days=(makers.day - first).days + 30)
    lead = makers.lead_of(team)
    project = Project(
        code=code,
        kind=ProjectKind.PIONEER if place else ProjectKind.DEMONSTRATION,
        centre=place,
        title_zh=words["title_zh"],
        title_en=words["title_en"],
        category=words["category"],
        summary=f"{words['title_zh']}：由居民提出，先锋队牵头，邻里一起动手（演示数据）。",
        target=f"{rng.choice([3, 6, 12])}个月内解决{rng.randint(5, 40)}处问题，居民满意度达到95%。",
        starts_on=first,
        ends_on=first + timedelta(days=rng.choice([90, 120, 150])),
        lead=lead,
        state=state,
        reason=REASONS.get(state, ""),
        created_at=noted,
    )
    _stamp(project, makers)
    return project


def _stamp(project: Project, makers: Makers) -> None:
    """Who proposed, approved, handed in and completed it, as far as it came."""
    rng, state = makers.rng, project.state
    if state != State.IDEA:
        project.proposed_by, project.proposed_at = (
            project.lead,
            project.created_at + timedelta(days=5),
        )
    if state not in (State.IDEA, State.PROPOSED):
        project.approved_by, project.approved_at = (
            makers.decides,
            project.created_at + timedelta(days=12),
        )
    if state in ENDED:
        project.submitted_by, project.submitted_at = (
            project.lead,
            makers.now - timedelta(days=rng.randint(3, 9)),
        )
        project.result = (
            f"已解决{rng.randint(5, 40)}处问题，回访{rng.randint(20, 90)}户，均表示满意。"
        )
    if state == State.COMPLETED:
        project.completed_by = makers.decides
        project.completed_at = makers.now - timedelta(days=rng.randint(1, 60))


def _has_begun(project: Project) -> bool:
    return project.state in STARTED


def _spell(project: Project) -> ActiveSpell:
    """From its first day; to its last if it is no longer under way."""
    is_on = project.state == State.ACTIVE
    ended = project.ends_on if project.state in ENDED else project.starts_on
    return ActiveSpell(project=project, starts_on=_first(project), ends_on=None if is_on else ended)


def _steps(project: Project, makers: Makers) -> Iterator[Milestone]:
    for number, (title, weight) in enumerate(STEPS):
        due_on = _first(project) + timedelta(days=20 * (number + 1))
        is_past = _has_begun(project) and due_on <= makers.day and number < len(STEPS) - 1
        is_done = is_past or project.state in ENDED
        yield Milestone(
            project=project,
            title=title,
            weight=weight,
            due_on=due_on,
            state=MilestoneState.DONE if is_done else MilestoneState.OPEN,
            done_at=makers.now - timedelta(days=number + 1) if is_done else None,
            done_by=project.lead if is_done else None,
        )


def _money(project: Project, makers: Makers) -> Iterator[BudgetLine]:
    share = {State.ACTIVE: 50, State.PAUSED: 30}.get(State(project.state), 0)
    if project.state in ENDED:
        share = 96
    for title, source in COSTS[: makers.rng.randint(1, 3)]:
        planned = makers.rng.randint(5, 120) * 10_000
        yield BudgetLine(
            project=project,
            title=title,
            source=source,
            planned_fen=planned,
            spent_fen=planned * share // 100,
        )


def _evidence(project: Project, pictures: Pictures, makers: Makers) -> Iterator[Evidence]:
    """One from before and one from after; the same few pictures serve all projects."""
    before, after = pictures[project.pk % len(pictures)]
    shots = [(EvidenceKind.BEFORE, before, "整治前（演示数据）", _first(project))]
    if project.state in ENDED:
        shots.append((EvidenceKind.AFTER, after, "整治后（演示数据）", makers.day))
    for kind, photo, caption, taken_on in shots if _has_begun(project) else []:
        yield Evidence(
            project=project,
            kind=kind,
            photo=photo,
            caption=caption,
            taken_on=taken_on,
            added_by=project.lead,
            added_at=makers.now,
        )


def _serve(planned: list[tuple[Project, list[Team]]]) -> None:
    """What the teams did lately was for the first of their projects that was under way."""
    for project, teams in planned:
        if project.state == State.ACTIVE:
            HourEntry.objects.filter(
                team=teams[0], project=None, date__gte=project.starts_on
            ).update(project=project)


def _first(project: Project) -> date:
    assert project.starts_on is not None  # noqa: S101 - every one here has it; tells mypy
    return project.starts_on
