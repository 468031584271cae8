"""Who decides on hours, and what a decision does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.services import NOW, CentreFactory, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.hours.deciding import Decision, answer_question, approve_all, decide_hours
from volunteers.hours.errors import (
    AlreadyDecidedError,
    NotYourTeamError,
    OverEightHoursError,
    ReasonWantedError,
)
from volunteers.hours.models import HourEntry, HourMinute, HourState
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory(centre=CentreFactory())


@pytest.fixture
def leader(team):
    return member_of(team, role=MemberRole.LEADER)


@pytest.fixture
def entry(team):
    return recorded(member_of(team), service(team))


def decide(entry, by, decision=Decision.APPROVE, reason=""):
    return decide_hours(entry_id=entry.pk, decision=decision, by=by, now=NOW, reason=reason)


def test_a_leader_approves_and_it_is_in_the_trail(entry, leader):
    decided = decide(entry, leader)

    assert (decided.state, decided.decided_by) == (HourState.APPROVED, leader)
    assert Event.objects.get(action="hours.approved").actor_id == leader.pk
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("deputy", True),
        ("staff", True),
        ("admin", True),
        ("member", False),
        ("stranger", False),
        ("former leader", False),
        ("another team's leader", False),
        ("another centre's staff", False),
    ],
)
def test_leaders_and_the_centres_staff_decide_and_nobody_else(team, entry, role, may):
    by = {
        "deputy": lambda: member_of(team, role=MemberRole.DEPUTY),
        "staff": lambda: staff_at(team.centre_id),
        "admin": lambda: town_wide(Role.TOWN_ADMIN),
        "member": lambda: member_of(team),
        "stranger": UserFactory,
        "former leader": lambda: member_of(
            team, role=MemberRole.LEADER, ends_on=(NOW - timedelta(days=1)).date()
        ),
        "another team's leader": lambda: member_of(TeamFactory(), role=MemberRole.LEADER),
        "another centre's staff": lambda: staff_at(CommunityFactory().pk),
    }[role]()

    if may:
        assert decide(entry, by).state == HourState.APPROVED
    else:
        with pytest.raises(NotYourTeamError):
            decide(entry, by)
        assert HourEntry.objects.get().state == HourState.SUBMITTED


def test_nobody_decides_on_their_own_not_even_in_the_database(team, leader):
    own = recorded(leader, service(team))

    with pytest.raises(OwnRecordError):
        decide(own, leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        HourEntry.objects.update(state=HourState.APPROVED, decided_by=leader, decided_at=NOW)


def test_more_than_eight_hours_of_a_day_take_the_centres_staff(team, leader):
    volunteer = member_of(team)
    recorded(volunteer, service(team, ago=10, hours=6))
    second = recorded(volunteer, service(team, ago=3, hours=2 + 1 / 60))

    with pytest.raises(OverEightHoursError):
        decide(second, leader)

    assert decide(second, staff_at(team.centre_id)).state == HourState.APPROVED


def test_a_rejected_record_says_why_and_gives_its_time_back(team, entry, leader):
    with pytest.raises(ReasonWantedError):
        decide(entry, leader, Decision.REJECT, " ")
    decide(entry, leader, Decision.REJECT, "当天没有活动")

    assert not HourMinute.objects.exists()
    assert recorded(entry.volunteer, service(team)).state == HourState.SUBMITTED
    message = Notification.objects.get(kind="hours_rejected")
    assert (message.user, message.context["note"]) == (entry.volunteer, "当天没有活动")


def test_a_question_is_answered_and_the_record_waits_again(entry, leader):
    decide(entry, leader, Decision.ASK, "在哪里？")
    assert Notification.objects.filter(kind="hours_question").count() == 1

    answered = answer_question(entry_id=entry.pk, text="在村口", by=entry.volunteer, now=NOW)

    assert (answered.state, answered.answer) == (HourState.SUBMITTED, "在村口")
    with pytest.raises(AlreadyDecidedError):
        answer_question(entry_id=entry.pk, text="再说", by=entry.volunteer, now=NOW)


def test_what_is_decided_is_not_decided_again(entry, leader):
    decide(entry, leader)

    with pytest.raises(AlreadyDecidedError):
        decide(entry, leader, Decision.REJECT, "改了")


def test_approves_all_that_may_be_and_counts_the_rest(team, entry, leader):
    own = recorded(leader, service(team))
    done = decide(recorded(member_of(team), service(team)), leader)

    assert approve_all(team=team, entry_ids=[entry.pk, own.pk, done.pk], by=leader, now=NOW) == (
        1,
        2,
    )
