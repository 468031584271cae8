"""Steps of a project: each gate, each reason, and who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError, ReasonEmptyError
from tests.factories.accounts import staff_at, town_wide
from tests.factories.projects import (
    DAY,
    finish_work,
    idea_of,
    led_team,
    manager_of,
    noted,
    pictured,
    project_in,
    step,
)
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.evidence.actions import Picture, add_evidence, remove_evidence
from volunteers.evidence.errors import SamePhotoError, TakenLaterError
from volunteers.evidence.models import Evidence, EvidenceKind
from volunteers.plans import actions as plans
from volunteers.plans.errors import DueOutsideError, KeptError
from volunteers.plans.models import BudgetLine, Milestone
from volunteers.projects.actions import change_idea, note_idea, write_result
from volunteers.projects.errors import (
    ChangedMeanwhileError,
    IncompleteError,
    LeadNotOfTeamError,
    NotNowError,
    NotYourTeamsError,
    TeamElsewhereError,
)
from volunteers.projects.models import Project, ProjectKind
from volunteers.projects.rules import Act, MilestoneState, State
from volunteers.projects.steps import take_step
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def led():
    return led_team()


def test_goes_from_idea_to_its_end_and_leaves_a_history(led):
    project = project_in(State.COMPLETED, team=led[0])

    steps = Event.objects.filter(
        target_type="volunteers.project",
        target_id=str(project.pk),
        action__in=[f"project.{act}" for act in Act],
    )
    assert [event.facts["state"] for event in steps.order_by("pk")] == [
        "proposed",
        "approved",
        "active",
        "review",
        "completed",
    ]
    assert project.progress == 100
    assert [(spell.starts_on, spell.ends_on) for spell in project.spells.all()] == [(DAY, DAY)]


def test_a_code_counts_within_its_place(led):
    team, leader = led
    codes = [noted(team, leader).code for _ in range(2)]
    towns = noted(team, leader, kind=ProjectKind.DEMONSTRATION)

    assert codes == [f"{team.centre.code}-1", f"{team.centre.code}-2"]
    assert (towns.code, towns.centre) == ("town-wide-1", None)


def test_only_a_leader_writes_down_for_a_team_with_a_lead_of_it(led):
    team, leader = led
    other = TeamFactory(centre=CommunityFactory())

    for by, idea, refusal in (
        (member_of(team), idea_of(team, leader), NotYourTeamsError),
        (leader, idea_of(team, member_of(other)), LeadNotOfTeamError),
        (leader, idea_of(team, leader, others=[other]), TeamElsewhereError),
    ):
        with pytest.raises(refusal):
            note_idea(idea=idea, by=by, now=NOW)
    assert not Project.objects.exists()


def test_other_words_bring_another_version_which_nobody_has_read(led):
    team, leader = led
    project = project_in(State.PROPOSED, team=team)
    seen = project.version

    partner = TeamFactory(centre=None)
    idea = idea_of(team, leader, title_zh="新名", others=[partner])
    change_idea(project_id=project.pk, idea=idea, by=leader, now=NOW)

    with pytest.raises(ChangedMeanwhileError):
        take_step(
            project_id=project.pk, act=Act.APPROVE, seen=seen, by=manager_of(project), now=NOW
        )
    assert [link.team for link in project.links.all()] == [team, partner]
    assert project.team == team


def test_a_gate_says_in_words_what_is_missing(led):
    team, leader = led
    project = note_idea(idea=idea_of(team, leader, target=""), by=leader, now=NOW)

    with pytest.raises(IncompleteError) as refusal:
        step(project, Act.PROPOSE, leader)

    assert str(refusal.value).count(";") == 1


def test_the_final_check_wants_photos_result_and_every_milestone(led):
    team, leader = led
    project = project_in(State.ACTIVE, team=team)
    with pytest.raises(IncompleteError) as refusal:
        step(project, Act.SUBMIT, leader)
    assert str(refusal.value).count(";") == 3

    milestone = project.milestones.get()
    plans.settle_milestone(
        milestone=milestone, state=MilestoneState.DROPPED, by=leader, now=NOW, reason="已有路灯"
    )
    pictured(project, leader, EvidenceKind.BEFORE)
    pictured(project, leader, EvidenceKind.AFTER)
    write_result(project_id=project.pk, text="不再需要", by=leader, now=NOW)

    assert step(project, Act.SUBMIT, leader).state == State.REVIEW


@pytest.mark.parametrize(
    ("state", "act", "decides"),
    [
        (State.PROPOSED, Act.RETURN, True),
        (State.ACTIVE, Act.PAUSE, False),
        (State.PAUSED, Act.RESUME, False),
        (State.REVIEW, Act.REOPEN, True),
        (State.APPROVED, Act.CANCEL, False),
    ],
)
def test_wants_a_reason_and_tells_it(led, state, act, decides):
    team, leader = led
    project = project_in(state, team=team)
    by = manager_of(project) if decides else leader
    with pytest.raises(ReasonEmptyError):
        step(project, act, by, reason="  ")

    step(project, act, by, reason="缺一张图")

    assert project.reason == "缺一张图"
    told = Notification.objects.filter(key__startswith=f"project-{project.pk}-{project.version}-")
    people = {leader.pk, project.lead_id} - {by.pk}
    assert {message.user_id for message in told} == people
    assert {message.kind for message in told} == {"project_news"}


def test_the_managers_are_told_what_waits_else_the_town(led):
    team, leader = led
    project = noted(team, leader)
    admin = town_wide(Role.TOWN_ADMIN)
    step(project, Act.PROPOSE, leader)
    assert [m.user for m in Notification.objects.filter(kind="project_waits")] == [admin]

    step(project, Act.WITHDRAW, leader)
    manager = manager_of(project)
    step(project, Act.PROPOSE, leader)

    assert Notification.objects.filter(kind="project_waits").latest("pk").user == manager


@pytest.mark.parametrize("who", ["lead", "proposer", "leader of a team"])
def test_nobody_decides_on_their_own(led, who):
    team, leader = led
    project = project_in(State.PROPOSED, team=team)
    person = {
        "lead": project.lead,
        "proposer": leader,
        "leader of a team": member_of(team, role=MemberRole.DEPUTY),
    }[who]
    grant_manager(person, project)

    with pytest.raises(OwnRecordError):
        step(project, Act.APPROVE, person)


def grant_manager(person, project):
    grant = staff_at(project.centre_id, role=Role.CENTRE_MANAGER).role_grants.get()
    grant.user = person
    grant.save()


def test_the_second_of_two_decisions_comes_too_late(led):
    project = project_in(State.PROPOSED, team=led[0])
    manager, seen = manager_of(project), project.version
    take_step(project_id=project.pk, act=Act.APPROVE, seen=seen, by=manager, now=NOW)

    with pytest.raises(NotNowError):
        take_step(project_id=project.pk, act=Act.APPROVE, seen=seen, by=manager, now=NOW)


def test_the_plan_stays_once_approved(led):
    team, leader = led
    project = project_in(State.ACTIVE, team=team)

    with pytest.raises(KeptError):
        plans.remove_milestone(milestone=project.milestones.get(), by=leader, now=NOW)
    with pytest.raises(KeptError):
        plans.remove_cost(line=project.budget.get(), by=leader, now=NOW)
    late = plans.Target("太晚", 1, DAY + timedelta(days=61))
    with pytest.raises(DueOutsideError):
        plans.add_milestone(project_id=project.pk, target=late, by=leader, now=NOW)
    plans.note_spent(line=project.budget.get(), spent_fen=120_50, by=leader, now=NOW)
    assert project.budget.get().spent_fen == 12_050


def test_milestones_can_be_taken_up_again_and_dropping_wants_a_reason(led):
    team, leader = led
    project = project_in(State.ACTIVE, team=team)
    milestone = project.milestones.get()

    def settle(state, reason=""):
        return plans.settle_milestone(
            milestone=milestone, state=state, by=leader, now=NOW, reason=reason
        )

    with pytest.raises(ReasonEmptyError):
        settle(MilestoneState.DROPPED)
    assert settle(MilestoneState.DONE).done_by == leader
    assert settle(MilestoneState.OPEN).done_by is None


def test_pictures_come_once_not_from_tomorrow_and_not_while_checked(led):
    team, leader = led
    project = project_in(State.ACTIVE, team=team)
    kept = pictured(project, leader, EvidenceKind.BEFORE)

    again = Picture(kept.photo, EvidenceKind.AFTER, "村口", DAY)
    with pytest.raises(SamePhotoError):
        add_evidence(project_id=project.pk, picture=again, by=leader, now=NOW)
    with pytest.raises(TakenLaterError):
        pictured(project, leader, EvidenceKind.AFTER, DAY + timedelta(days=1))
    finish_work(project, leader)
    step(project, Act.SUBMIT, leader)
    with pytest.raises(NotNowError):
        remove_evidence(evidence=kept, by=leader, now=NOW)
    assert Evidence.objects.filter(project=project).count() == 3


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Project, {"approved_by": "lead"}),
        (Project, {"completed_by": "submitted_by"}),
        (Project, {"result": ""}),
        (Project, {"approved_by": None}),
        (Project, {"state": "paused", "reason": "", "completed_by": None, "completed_at": None}),
        (Project, {"kind": "demonstration"}),
        (Milestone, {"weight": 0}),
        (Milestone, {"state": "dropped", "reason": ""}),
        (Milestone, {"done_by": None}),
        (BudgetLine, {"spent_fen": -1}),
    ],
    ids=str,
)
def test_the_database_holds_the_rules(led, model, values):
    project = project_in(State.COMPLETED, team=led[0])
    named = {
        name: getattr(project, value) if value in ("lead", "submitted_by") else value
        for name, value in values.items()
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**named)
