"""Active, dormant, disbanded."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from tests.factories.accounts import staff_at
from tests.factories.activities import make_activity, make_session
from tests.factories.services import NOW, CentreFactory
from tests.factories.teams import asks, proposed
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.activities.models import ActivityKind, SessionState
from volunteers.hours.deciding import Decision, decide_hours
from volunteers.hours.errors import NotMemberError
from volunteers.states.actions import change_state, review_teams
from volunteers.states.errors import DisbandedError, SameStateError
from volunteers.teams.asking import AskState
from volunteers.teams.errors import TeamNotActiveError, TeamNotYoursError, TeamWordsMissingError
from volunteers.teams.models import MemberRole, Membership, TeamState

pytestmark = pytest.mark.django_db
DAY = today(NOW)


@pytest.fixture
def team():
    return TeamFactory(centre=CentreFactory())


@pytest.fixture
def leader(team):
    return member_of(team, role=MemberRole.LEADER)


@pytest.fixture
def manager(team):
    return staff_at(team.centre_id, role=Role.CENTRE_MANAGER)


def change(team, state, by, reason="队员都已搬走"):
    return change_state(team=team, state=state, reason=reason, by=by, now=NOW)


def approved(team, **when):
    entry = recorded(member_of(team), service(team, **when))
    decide_hours(
        entry_id=entry.pk,
        decision=Decision.APPROVE,
        by=Membership.objects.get(team=team, role=MemberRole.LEADER).user,
        now=NOW,
    )


def test_disbanding_ends_everything_that_day(team, leader, manager):
    person = member_of(team)
    asked, proposal = asks(team), proposed(team, by=leader, candidate=person)

    change(team, TeamState.DISBANDED, manager)

    assert set(Membership.objects.values_list("ends_on", flat=True)) == {DAY}
    for row, state in ((asked, AskState.LAPSED), (proposal, AskState.LAPSED)):
        row.refresh_from_db()
        assert row.state == state
    assert Notification.objects.filter(kind="team_disbanded").count() == 2
    with pytest.raises(TeamNotActiveError):
        asks(team)
    with pytest.raises(DisbandedError):
        change(team, TeamState.ACTIVE, manager)


def test_what_was_before_can_still_be_entered_what_comes_after_cannot(team, leader, manager):
    change(team, TeamState.DISBANDED, manager)
    later = NOW + timedelta(days=2)

    assert recorded(leader, service(team), now=later).team == team
    with pytest.raises(NotMemberError):
        recorded(leader, service(team, ago=-24), now=later)


def test_disbanding_is_the_managers_and_takes_a_reason(team, leader, manager):
    clerk = staff_at(team.centre_id)

    for person in (leader, clerk):
        with pytest.raises(TeamNotYoursError):
            change(team, TeamState.DISBANDED, person)
    with pytest.raises(TeamWordsMissingError):
        change(team, TeamState.DISBANDED, manager, reason=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(team).objects.update(state="disbanded")


def test_staff_let_a_team_rest_and_wake_it(team, leader):
    clerk = staff_at(team.centre_id)
    with pytest.raises(SameStateError):
        change(team, TeamState.ACTIVE, clerk)

    change(team, TeamState.DORMANT, clerk)
    woken = change(team, TeamState.ACTIVE, clerk)

    assert woken.is_active
    told = Notification.objects.filter(user=leader).values_list("kind", flat=True)
    assert set(told) == {"team_dormant", "team_active"}


def test_a_quiet_team_is_set_to_rest_once_and_its_leader_told(team, leader):
    assert review_teams(now=NOW) == 1
    assert review_teams(now=NOW) == 0

    team.refresh_from_db()
    assert (team.state, team.state_on) == (TeamState.DORMANT, DAY)
    assert Notification.objects.get().kind == "team_dormant"


def test_a_team_with_a_record_or_a_young_one_stays_active(team, leader):
    approved(team)
    member_of(TeamFactory(), starts_on=DAY - timedelta(days=30))
    TeamFactory()  # nobody yet

    assert review_teams(now=NOW) == 0


def test_a_team_that_held_a_session_lately_is_not_quiet(team, leader):
    meeting = make_activity(ActivityKind.EVENT, team=team)
    make_session(meeting, start=NOW - timedelta(days=100))

    assert review_teams(now=NOW) == 0


@pytest.mark.parametrize(
    ("state", "session"),
    [
        ("published", {"start": NOW - timedelta(days=181)}),
        ("published", {"start": NOW + timedelta(days=1)}),
        ("published", {"start": NOW - timedelta(days=9), "state": SessionState.CANCELLED}),
        ("draft", {"start": NOW - timedelta(days=9)}),
    ],
)
def test_a_session_long_ago_to_come_or_called_off_is_none(team, leader, state, session):
    make_session(make_activity(ActivityKind.EVENT, team=team, state=state), **session)
    make_session(make_activity(ActivityKind.EVENT), start=NOW - timedelta(days=9))  # another team's

    assert review_teams(now=NOW) == 1


@pytest.mark.parametrize(("ago", "woken"), [(9, 1), (10, 0)])
def test_a_session_held_since_wakes_a_team(team, leader, ago, woken):
    type(team).objects.update(state=TeamState.DORMANT, state_on=DAY - timedelta(days=10))
    meeting = make_activity(ActivityKind.EVENT, team=team)
    make_session(meeting, start=NOW - timedelta(days=ago))

    assert review_teams(now=NOW) == woken


def test_the_next_approved_record_wakes_a_team(team, leader):
    type(team).objects.update(state=TeamState.DORMANT, state_on=DAY - timedelta(days=10))
    approved(team)

    assert review_teams(now=NOW) == 1

    team.refresh_from_db()
    assert team.is_active
