"""Asking to join a team, the answer, leaving and changing over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.services import NOW, CentreFactory
from tests.factories.teams import asks
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.joining.actions import answer_request, remove_member, withdraw_request
from volunteers.joining.errors import AskedAlreadyError, JoinOverError
from volunteers.joining.models import JoinRequest
from volunteers.teams.actions import leave_team
from volunteers.teams.asking import AskState
from volunteers.teams.errors import (
    LeaderStaysError,
    MemberAlreadyError,
    NotInTeamError,
    TeamNotActiveError,
    TeamNotYoursError,
    TeamWordsMissingError,
)
from volunteers.teams.models import MemberRole, Membership, TeamState

pytestmark = pytest.mark.django_db
DAY = today(NOW)


@pytest.fixture
def team():
    return TeamFactory(centre=CentreFactory())


@pytest.fixture
def leader(team):
    return member_of(team, role=MemberRole.LEADER)


def answer(asked, by, *, accepted=True, reason=""):
    return answer_request(request_id=asked.pk, accepted=accepted, reason=reason, by=by, now=NOW)


def test_a_leader_takes_somebody_in_and_both_are_told(team, leader):
    asked = asks(team)

    answer(asked, leader, reason="欢迎")

    assert Membership.objects.open().get(user=asked.user).starts_on == DAY
    told = Notification.objects.values_list("kind", "user")
    assert set(told) == {("join_asked", leader.pk), ("join_decided", asked.user.pk)}
    assert Event.objects.filter(action="join.accepted", centre_id=team.centre_id).exists()


def test_a_refusal_takes_a_reason(team, leader):
    asked = asks(team)

    with pytest.raises(TeamWordsMissingError):
        answer(asked, leader, accepted=False)
    refused = answer(asked, leader, accepted=False, reason="岗位已满")

    assert refused.state == AskState.REFUSED
    assert not Membership.objects.filter(user=asked.user).exists()


def test_nobody_answers_their_own(team):
    clerk = staff_at(team.centre_id)
    asked = asks(team, user=clerk)

    with pytest.raises(OwnRecordError):
        answer(asked, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.update(state="accepted", decided_by=clerk, decided_at=NOW)


def test_strangers_and_members_answer_nothing(team, leader):
    asked = asks(team)

    for person in (member_of(team), staff_at(team.centre_id + 999), town_wide(Role.AUDITOR)):
        with pytest.raises(TeamNotYoursError):
            answer(asked, person)


def test_asks_once_at_a_time(team):
    asked = asks(team)

    with pytest.raises(AskedAlreadyError):
        asks(team, user=asked.user)
    withdraw_request(request_id=asked.pk, by=asked.user)

    assert asks(team, user=asked.user).state == AskState.ASKED


def test_a_member_does_not_ask_nor_anybody_a_team_at_rest(team):
    with pytest.raises(MemberAlreadyError):
        asks(team, user=member_of(team))
    with pytest.raises(TeamNotActiveError):
        asks(TeamFactory(state=TeamState.DORMANT))


def test_of_two_answers_one_counts(team, leader):
    asked = asks(team)
    deputy = member_of(team, role=MemberRole.DEPUTY)

    answer(asked, deputy)

    with pytest.raises(JoinOverError):
        answer(asked, leader, accepted=False, reason="晚了")
    assert Membership.objects.filter(user=asked.user).count() == 1


def test_no_two_open_memberships_whatever_raced(team):
    person = member_of(team)

    with pytest.raises(IntegrityError), transaction.atomic():
        member_of(team, user=person)


def test_only_the_asker_takes_it_back_and_only_while_open(team, leader):
    asked = asks(team)

    with pytest.raises(JoinOverError):
        withdraw_request(request_id=asked.pk, by=leader)
    answer(asked, leader)
    with pytest.raises(JoinOverError):
        withdraw_request(request_id=asked.pk, by=asked.user)


def test_changing_over_ends_the_one_and_begins_the_other(team, leader):
    other = TeamFactory()
    person = member_of(other)
    left = Membership.objects.get(user=person)

    answer(asks(team, user=person, leaving=left), leader)

    left.refresh_from_db()
    assert left.ends_on == DAY
    assert [member.team for member in Membership.objects.of(person).open()] == [team]


def test_changing_over_waits_for_a_successor(team, leader):
    other = TeamFactory()
    person = member_of(other)
    left = Membership.objects.get(user=person)
    asked = asks(team, user=person, leaving=left)
    Membership.objects.update_or_create(pk=left.pk, defaults={"role": MemberRole.LEADER})

    with pytest.raises(LeaderStaysError):
        answer(asked, leader)

    asked.refresh_from_db()
    assert asked.state == AskState.ASKED
    with pytest.raises(NotInTeamError):
        asks(TeamFactory(), user=UserFactory(), leaving=left)


def test_leaving_ends_the_membership_today_and_keeps_the_hours(team):
    person = member_of(team)
    entry = recorded(person, service(team))

    member = leave_team(membership_id=Membership.objects.get().pk, by=person, now=NOW)

    assert member.ends_on == DAY
    assert recorded(person, service(team, ago=30)).team == entry.team
    assert Event.objects.filter(action="team.left").exists()


def test_a_leader_stays_until_a_successor_stands(team, leader):
    with pytest.raises(LeaderStaysError):
        leave_team(membership_id=Membership.objects.get().pk, by=leader, now=NOW)
    with pytest.raises(NotInTeamError):
        leave_team(membership_id=Membership.objects.get().pk, by=UserFactory(), now=NOW)


def test_a_deputy_who_leaves_decides_on_nothing_more_that_day(team):
    deputy = member_of(team, role=MemberRole.DEPUTY)

    leave_team(membership_id=Membership.objects.get().pk, by=deputy, now=NOW)

    terms = Membership.objects.order_by("pk").values_list("role", "starts_on", "ends_on")
    assert list(terms) == [
        ("deputy", date(2020, 1, 1), DAY - timedelta(days=1)),
        ("member", DAY, DAY),
    ]
    assert not Membership.objects.of(deputy).on(DAY).deciding().exists()


def remove(user, by, reason="半年未参加活动"):
    pk = Membership.objects.open().get(user=user).pk
    return remove_member(membership_id=pk, reason=reason, by=by, now=NOW)


def test_staff_end_a_membership_for_a_reason_that_is_told(team):
    clerk, person = staff_at(team.centre_id), member_of(team)

    with pytest.raises(TeamWordsMissingError):
        remove(person, clerk, reason=" ")
    member = remove(person, clerk)

    assert member.ends_on == DAY
    assert Notification.objects.get(kind="team_removed").user == person
    event = Event.objects.get(action="team.member_removed")
    assert (event.actor_id, event.reason) == (clerk.pk, "半年未参加活动")
    assert recorded(person, service(team, ago=30)).team == team
    with pytest.raises(NotInTeamError):
        remove_member(membership_id=member.pk, reason="再", by=clerk, now=NOW)


def test_neither_ones_own_membership_nor_the_leaders_seat(team, leader):
    clerk = staff_at(team.centre_id)
    member_of(team, user=clerk)

    with pytest.raises(OwnRecordError):
        remove(clerk, clerk)
    with pytest.raises(LeaderStaysError):
        remove(leader, clerk)
    with pytest.raises(TeamNotYoursError):
        remove(clerk, leader)


def test_a_deputy_who_is_taken_out_decides_on_nothing_more_that_day(team):
    deputy = member_of(team, role=MemberRole.DEPUTY)

    remove(deputy, staff_at(team.centre_id))

    assert not Membership.objects.of(deputy).on(DAY).deciding().exists()
    assert not Membership.objects.of(deputy).open().exists()
