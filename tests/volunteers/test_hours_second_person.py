"""Entries that take a second person: a leader's evening, and what staff enter late."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError
from tests.factories.hours import around, centre_team, decided, entered, late
from tests.factories.services import NOW
from tests.factories.volunteers import recorded, service
from volunteers.entering.actions import (
    Evening,
    Grounds,
    allow_long_day,
    enter_late,
    record_evening,
)
from volunteers.entering.errors import AllowedAlreadyError, BasisWantedError
from volunteers.hours.actions import remove_spent_minutes
from volunteers.hours.deciding import withdraw_hours
from volunteers.hours.errors import (
    AlreadyDecidedError,
    DayFullError,
    EnteredByYouError,
    NotYoursToWithdrawError,
    NotYourTeamError,
    TheirOverlapError,
    TooOldError,
)
from volunteers.hours.models import HourEntry, HourMinute, HourState, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return centre_team()


@pytest.fixture
def people(team):
    return around(team)


def evening_of(team, people, *, by, what=None):
    what = what or service(team)
    evening = Evening(what.id, what.start, what.end, "河涌巡护")
    return record_evening(team=team, evening=evening, people=people, by=by, now=NOW)


def test_an_evening_sent_twice_is_once_and_tells_each_member(team, people):
    what = service(team)
    for _twice in range(2):
        outcomes = evening_of(team, [people.volunteer, people.member], by=people.leader, what=what)

    assert [outcome.refusal for outcome in outcomes] == [None, None]
    assert set(HourEntry.objects.values_list("source", "entered_by")) == {
        (Source.LEADER, people.leader.pk)
    }
    assert HourEntry.objects.count() == 2
    told = Notification.objects.filter(kind="hours_entered").values_list("user", flat=True)
    assert set(told) == {people.volunteer.pk, people.member.pk}


def test_the_leaders_own_part_is_the_leaders_own_record(team, people):
    evening_of(team, [people.leader], by=people.leader)

    own = HourEntry.objects.get()
    assert (own.source, own.entered_by) == (Source.VOLUNTEER, None)
    with pytest.raises(OwnRecordError):
        decided(own, people.leader)
    assert decided(own, people.deputy).state == HourState.APPROVED


def test_one_members_refusal_leaves_the_others(team, people):
    recorded(people.member, service(team))

    outcomes = evening_of(team, [people.volunteer, people.member], by=people.leader)

    assert {outcome.person: type(outcome.refusal) for outcome in outcomes} == {
        people.volunteer: type(None),
        people.member: TheirOverlapError,
    }


def test_who_entered_does_not_decide_not_even_in_the_database(team, people):
    entry = entered(team, people.leader, people.volunteer)

    with pytest.raises(EnteredByYouError):
        decided(entry, people.leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        HourEntry.objects.update(state=HourState.APPROVED, decided_by=people.leader, decided_at=NOW)


def test_a_back_entry_counts_once_a_colleague_confirms(team, people):
    entry = late(team, people.staff, people.volunteer)

    for by, refusal in ((people.staff, EnteredByYouError), (people.leader, NotYourTeamError)):
        with pytest.raises(refusal):
            decided(entry, by)

    assert decided(entry, people.manager).state == HourState.APPROVED


@pytest.mark.parametrize(
    ("days", "grounds", "refusal"),
    [
        (400, Grounds("补录", "签到表"), TooOldError),
        (60, Grounds("补录", " "), BasisWantedError),
        (60, Grounds("", "签到表"), BasisWantedError),
    ],
)
def test_a_back_entry_has_its_limit_and_its_grounds(team, people, days, grounds, refusal):
    with pytest.raises(refusal):
        enter_late(
            volunteer=people.volunteer,
            team=team,
            service=service(team, ago=24 * days),
            grounds=grounds,
            by=people.staff,
            now=NOW,
        )

    assert not HourEntry.objects.exists()


def test_a_back_entry_finds_what_was_there_before(team, people):
    before = NOW - timedelta(days=59)
    recorded(people.volunteer, service(team, ago=24 * 60), now=before)
    remove_spent_minutes(now=NOW)
    assert not HourMinute.objects.exists()

    with pytest.raises(TheirOverlapError):
        late(team, people.staff, people.volunteer, hours=1)


def test_a_back_entry_guards_its_day_anew(team, people):
    """Two that race past the look at the day meet at the unique minutes."""
    before = NOW - timedelta(days=59)
    recorded(people.volunteer, service(team, ago=24 * 60 + 3), now=before)
    remove_spent_minutes(now=NOW)

    entry = late(team, people.staff, people.volunteer)

    assert HourMinute.objects.count() == 2 * 120
    for minute in HourMinute.objects.order_by("minute").values_list("minute", flat=True)[::119]:
        with pytest.raises(IntegrityError), transaction.atomic():
            HourMinute.objects.create(entry=entry, volunteer=entry.volunteer, minute=minute)


def test_more_than_twelve_hours_take_the_administrator_and_a_reason(team, people):
    recorded(people.volunteer, service(team, ago=34, hours=10))
    last = service(team, ago=20, hours=3)
    with pytest.raises(DayFullError):
        recorded(people.volunteer, last)

    day = today(last.start)
    facts = {"volunteer": people.volunteer, "day": day, "reason": "台风", "by": people.admin}
    allow_long_day(**facts, now=NOW)

    assert recorded(people.volunteer, last).state == HourState.SUBMITTED
    with pytest.raises(AllowedAlreadyError):
        allow_long_day(**facts, now=NOW)


def test_a_record_taken_back_gives_its_time_back(team, people):
    entry = recorded(people.volunteer, service(team))
    back = withdraw_hours(entry_id=entry.pk, by=people.volunteer, now=NOW)

    assert (back.state, back.decided_by) == (HourState.VOID, None)
    assert recorded(people.volunteer, service(team)).pk != entry.pk
    with pytest.raises(AlreadyDecidedError):
        withdraw_hours(entry_id=entry.pk, by=people.volunteer, now=NOW)


def test_what_another_entered_is_disputed_not_taken_back(team, people):
    entry = entered(team, people.leader, people.volunteer)

    with pytest.raises(NotYoursToWithdrawError):
        withdraw_hours(entry_id=entry.pk, by=people.volunteer, now=NOW)
