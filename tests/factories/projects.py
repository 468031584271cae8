"""Projects at every state, brought there by the real actions."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.centres.models import Centre
from tests.factories.accounts import staff_at, town_wide
from tests.factories.photos import photo_of
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.evidence.actions import Picture, add_evidence
from volunteers.evidence.models import EvidenceKind
from volunteers.plans.actions import Cost, Target, add_cost, add_milestone, settle_milestone
from volunteers.plans.models import Source
from volunteers.projects.actions import Idea, note_idea, write_result
from volunteers.projects.models import Category, Project, ProjectKind
from volunteers.projects.rules import Act, MilestoneState, State
from volunteers.projects.steps import take_step
from volunteers.teams.models import MemberRole, Team

DAY = today(NOW)
WAYS = {
    State.IDEA: (),
    State.PROPOSED: (Act.PROPOSE,),
    State.APPROVED: (Act.PROPOSE, Act.APPROVE),
    State.ACTIVE: (Act.PROPOSE, Act.APPROVE, Act.START),
    State.PAUSED: (Act.PROPOSE, Act.APPROVE, Act.START, Act.PAUSE),
    State.REVIEW: (Act.PROPOSE, Act.APPROVE, Act.START, Act.SUBMIT),
    State.COMPLETED: (Act.PROPOSE, Act.APPROVE, Act.START, Act.SUBMIT, Act.COMPLETE),
    State.CANCELLED: (Act.PROPOSE, Act.APPROVE, Act.CANCEL),
}
_colours = count()


def led_team(centre: Centre | None = None) -> tuple[Team, User]:
    """A team of a community, and its leader."""
    team = TeamFactory(centre=centre or CommunityFactory())
    return team, member_of(team, role=MemberRole.LEADER)


def manager_of(project: Project) -> User:
    """Somebody who decides on it."""
    if project.centre_id is None:
        return town_wide(Role.TOWN_ADMIN)
    return staff_at(project.centre_id, role=Role.CENTRE_MANAGER)


def idea_of(team: Team, lead: User, **words: Any) -> Idea:
    """What is enough to propose, but for the milestones."""
    return Idea(
        **{
            "kind": ProjectKind.PIONEER,
            "title_zh": "村道照明补亮",
            "title_en": "Lighting up dark village lanes",
            "category": Category.INFRASTRUCTURE,
            "summary": "夜归路上有灯",
            "target": "补装20盏路灯",
            "starts_on": DAY - timedelta(days=30),
            "ends_on": DAY + timedelta(days=60),
            "lead": lead,
            "team": team,
            **words,
        }
    )


def noted(team: Team, leader: User, **words: Any) -> Project:
    """An idea of the team's leader with one milestone of three and a budget."""
    lead = words.pop("lead", leader)
    project = note_idea(idea=idea_of(team, lead, **words), by=leader, now=NOW)
    add_milestone(
        project_id=project.pk, target=Target("装灯", 3, DAY + timedelta(days=9)), by=leader, now=NOW
    )
    add_cost(project_id=project.pk, cost=Cost("灯具", Source.TOWN, 250_000), by=leader, now=NOW)
    project.refresh_from_db()
    return project


def project_in(state: State, *, team: Team | None = None, **words: Any) -> Project:
    """A project in this state; its team's leader proposed it, somebody else leads it."""
    if team is None:
        team, leader = led_team()
    else:
        found = team.memberships.filter(role=MemberRole.LEADER).first()
        leader = found.user if found else member_of(team, role=MemberRole.LEADER)
    project = noted(team, leader, lead=words.pop("lead", None) or member_of(team), **words)
    manager = manager_of(project)
    for act in WAYS[state]:
        if act == Act.SUBMIT:
            finish_work(project, leader)
        by = manager if act in (Act.APPROVE, Act.COMPLETE) else leader
        step(project, act, by, reason="台风" if act in (Act.PAUSE, Act.CANCEL) else "")
    return project


def step(project: Project, act: Act, by: User, *, reason: str = "", now: Any = NOW) -> Project:
    """Take a step on what is there now."""
    project.refresh_from_db()
    taken = take_step(
        project_id=project.pk, act=act, seen=project.version, by=by, now=now, reason=reason
    )
    project.refresh_from_db()
    return taken


def finish_work(project: Project, leader: User) -> None:
    """Everything that the final check asks for."""
    for milestone in project.milestones.all():
        settle_milestone(milestone=milestone, state=MilestoneState.DONE, by=leader, now=NOW)
    pictured(project, leader, EvidenceKind.BEFORE)
    pictured(project, leader, EvidenceKind.AFTER)
    write_result(project_id=project.pk, text="装了20盏", by=leader, now=NOW)


def pictured(project: Project, by: User, kind: EvidenceKind, day: date = DAY) -> Any:
    """One more picture, in a colour of its own."""
    colour = f"#{next(_colours) * 0x2F4A61 % 0xFFFFFF:06x}"  # near ones make the same JPEG
    picture = Picture(photo_of(by, colour), kind, "村口", day)
    return add_evidence(project_id=project.pk, picture=picture, by=by, now=NOW)
