"""What somebody is to a project, also with two parts in it, and which acts that opens.

The pages of each role are in tests/permissions/projects.md.
"""

from datetime import timedelta

import pytest
from django.db import transaction

from lishui_center.accounts.rules import Role
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.projects import DAY, idea_of, led_team, noted, pictured, step
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.evidence.models import EvidenceKind
from volunteers.plans import actions as plans
from volunteers.plans.models import Source
from volunteers.projects.access import facts_of, parts_of
from volunteers.projects.actions import change_idea, write_result
from volunteers.projects.errors import IncompleteError, NotYourProjectError
from volunteers.projects.rules import STEPS, WITH_REASON, Act, MilestoneState, Part, State, step_for
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db
DOES = {"lead", "leader", "proposer, leader", "manager, leader"}
DECIDES = {"manager", "admin"}
OWN = {"manager, leader", "manager, proposer"}
LIKE_ALL = [
    (State.IDEA, Act.PROPOSE),
    (State.PROPOSED, Act.APPROVE),
    (State.ACTIVE, Act.CANCEL),
    (State.REVIEW, Act.COMPLETE),
]


@pytest.fixture
def cast(settings, tmp_path):
    """A project of a community, and everybody around it."""
    settings.MEDIA_ROOT = tmp_path
    team, leader = led_team()
    deputy, lead = member_of(team, role=MemberRole.DEPUTY), member_of(team)
    place = team.centre
    manager_too = staff_at(place.pk, role=Role.CENTRE_MANAGER)
    member_of(team, user=manager_too, role=MemberRole.DEPUTY)
    people = {
        "lead": lead,
        "leader": deputy,
        "proposer, leader": leader,
        "proposer": UserFactory(),
        "member": member_of(team),
        "stranger": UserFactory(),
        "ended member": member_of(team, role=MemberRole.DEPUTY, ends_on=DAY - timedelta(days=1)),
        "leader elsewhere": member_of(TeamFactory(), role=MemberRole.LEADER),
        "staff": staff_at(place.pk),
        "manager": staff_at(place.pk, role=Role.CENTRE_MANAGER),
        "manager, leader": manager_too,
        "manager, proposer": staff_at(place.pk, role=Role.CENTRE_MANAGER),
        "manager elsewhere": staff_at(CommunityFactory().pk, role=Role.CENTRE_MANAGER),
        "admin": town_wide(Role.TOWN_ADMIN),
        "auditor": town_wide(Role.AUDITOR),
    }
    return noted(team, leader, lead=lead), people


def part_of(name):
    if name in DOES:
        return Part.LEADS
    return Part.DECIDES if name in DECIDES else None


LINES = [step_for(*line) for line in LIKE_ALL]


def test_the_lines_tried_stand_for_all():
    assert {line.parts for line in STEPS} == {line.parts for line in LINES}


def test_an_act_is_open_to_those_the_table_names_and_to_nobody_else(cast):
    project, people = cast
    wrong = []
    for line in LINES:
        project.state = line.start
        stamps = {"approved_by": people["admin"], "approved_at": NOW, "reason": "雨"}
        project.proposed_by, project.proposed_at = people["proposer, leader"], NOW
        for column, value in stamps.items():
            is_early = line.start in (State.IDEA, State.PROPOSED) and column != "reason"
            setattr(project, column, None if is_early else value)
        for name, person in people.items():
            proposed = "manager, proposer" if name == "manager, proposer" else "proposer, leader"
            project.proposed_by = people[proposed]
            project.save()
            refusal = refused(project, line.act, person)
            allowed = part_of(name) in line.parts
            expected = None if allowed else expected_refusal(line, name)
            if refusal is not expected:
                wrong.append((line.start, line.act, name, refusal))
    assert wrong == []


def expected_refusal(line, name):
    decides_too = Part.DECIDES in line.parts and name in OWN
    return OwnRecordError if decides_too else NotYourProjectError


def refused(project, act, by):
    """The refusal's class; the step is undone. What is missing is not about who asks."""
    reason = "雨" if act in WITH_REASON else ""
    try:
        with transaction.atomic():
            step(project, act, by, reason=reason)
            transaction.set_rollback(True)
    except IncompleteError:
        return None
    except (OwnRecordError, NotYourProjectError) as refusal:
        return type(refusal)
    finally:
        project.refresh_from_db()
    return None


def test_parts_are_of_the_day(cast):
    project, people = cast
    found = {name: parts_of(person, project, DAY) for name, person in people.items()}

    assert {name for name, parts in found.items() if Part.LEADS in parts} == DOES
    assert {name for name, parts in found.items() if Part.DECIDES in parts} == (
        DECIDES | {"manager, proposer"}  # as long as somebody else proposed it
    )


def test_only_who_leads_changes_words_plan_money_and_pictures(cast):
    project, people = cast
    milestone, line = project.milestones.get(), project.budget.get()
    team, target = project.team, plans.Target("x", 1, DAY)
    cost = plans.Cost("x", Source.TOWN, 1)
    done = MilestoneState.DONE
    idea = idea_of(team, project.lead)
    pk = project.pk
    deeds = [
        lambda by: change_idea(project_id=pk, idea=idea, by=by, now=NOW),
        lambda by: write_result(project_id=pk, text="x", by=by, now=NOW),
        lambda by: plans.add_milestone(project_id=pk, target=target, by=by, now=NOW),
        lambda by: plans.settle_milestone(milestone=milestone, state=done, by=by, now=NOW),
        lambda by: plans.remove_milestone(milestone=milestone, by=by, now=NOW),
        lambda by: plans.add_cost(project_id=pk, cost=cost, by=by, now=NOW),
        lambda by: plans.note_spent(line=line, spent_fen=1, by=by, now=NOW),
        lambda by: plans.remove_cost(line=line, by=by, now=NOW),
        lambda by: pictured(project, by, EvidenceKind.BEFORE),
    ]
    for name in set(people) - DOES:
        for deed in deeds:
            with pytest.raises(NotYourProjectError):
                deed(people[name])
    assert facts_of(project).befores == 0
    for name in DOES:
        pictured(project, people[name], EvidenceKind.BEFORE)
