"""Recording hours: once, without overlaps, and in words that help."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.audit.models import Event
from lishui_center.common.clock import ZONE
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.hours import rules
from volunteers.hours.actions import record_hours, remove_spent_minutes
from volunteers.hours.errors import (
    DayFullError,
    EntryChangedError,
    HoursOverlapError,
    InTheFutureError,
    NotMemberError,
    NoWholeMinuteError,
    TimesTurnedError,
    TooLongError,
    TooOldError,
)
from volunteers.hours.models import HourEntry, HourMinute, HourState
from volunteers.teams.models import MemberRole, Membership

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: YEAR + minutes * MINUTE)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def volunteer(team):
    return member_of(team)


@pytest.mark.django_db
def test_keeps_what_was_done_and_says_so_in_the_trail(team, volunteer):
    entry = recorded(volunteer, service(team, hours=2, note="巡河"))

    assert (entry.minutes, entry.state, entry.note) == (120, HourState.SUBMITTED, "巡河")
    assert HourMinute.objects.filter(volunteer=volunteer).count() == 120
    assert Event.objects.get(action="hours.submitted").facts == {"minutes": 120}


@pytest.mark.django_db
def test_the_same_id_and_contents_are_kept_once(team, volunteer):
    what = service(team)
    first = recorded(volunteer, what)
    elsewhere = replace(what, start=what.start.astimezone(ZONE), end=what.end.astimezone(ZONE))

    again = record_hours(volunteer=volunteer, service=elsewhere, now=NOW + 40 * 24 * HOUR)

    assert (again.entry, again.is_new) == (first, False)
    assert HourEntry.objects.count() == 1


@pytest.mark.django_db
def test_the_same_id_with_other_contents_is_refused(team, volunteer):
    what = service(team)
    recorded(volunteer, what)

    with pytest.raises(EntryChangedError):
        recorded(volunteer, replace(what, note="别的"))


@pytest.mark.django_db
def test_another_ones_id_tells_nothing(team, volunteer):
    what = service(team)
    recorded(volunteer, what)

    with pytest.raises(Http404):
        recorded(member_of(team), what)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "hours"),
    [(3, 2), (3.5, 1), (1 + 1 / 60, 1), (4, 1 + 1 / 60), (2.5, 0.5), (4, 4)],
    ids=[
        "equal",
        "over the start",
        "one minute at the end",
        "one minute at the start",
        "in",
        "round",
    ],
)
def test_refuses_an_overlap_and_names_the_other(team, volunteer, ago, hours):
    recorded(volunteer, service(team, ago=3, hours=2))

    with pytest.raises(HoursOverlapError) as refusal:
        recorded(volunteer, service(team, ago=ago, hours=hours))

    assert set(refusal.value.details) == {"start", "end"}
    assert HourEntry.objects.count() == 1


@pytest.mark.django_db
def test_takes_back_to_back_and_two_people_at_one_time(team, volunteer):
    recorded(volunteer, service(team, ago=3, hours=1))
    recorded(volunteer, service(team, ago=2, hours=1))
    recorded(volunteer, service(team, ago=4, hours=1))
    recorded(member_of(team), service(team, ago=3, hours=1))

    assert HourEntry.objects.count() == 4


@pytest.mark.django_db
def test_the_database_refuses_one_minute_twice(team, volunteer):
    entry = recorded(volunteer, service(team))
    minute = HourMinute.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        HourMinute.objects.create(entry=entry, volunteer=volunteer, minute=minute.minute)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "hours", "refusal"),
    [
        (3, 0, TimesTurnedError),
        (3, -1, TimesTurnedError),
        (3, 1.005, NoWholeMinuteError),
        (14, 13, TooLongError),
        (1, 1.2, InTheFutureError),
        (-48, 2, InTheFutureError),
        (31 * 24, 2, TooOldError),
    ],
)
def test_refuses_times_that_cannot_be(team, volunteer, ago, hours, refusal):
    with pytest.raises(refusal):
        recorded(volunteer, service(team, ago=ago, hours=hours))

    assert not HourEntry.objects.exists()


@pytest.mark.django_db
def test_counts_each_side_of_midnight_for_its_own_day(team, volunteer):
    midnight = datetime(2026, 11, 24, 0, 0, tzinfo=ZONE)
    what = replace(service(team), start=midnight - 2 * HOUR, end=midnight + HOUR)

    entry = recorded(volunteer, what)

    assert (entry.date, entry.last_date) == (date(2026, 11, 23), date(2026, 11, 24))
    assert list(rules.by_day(what.start, what.end)) == [
        (date(2026, 11, 23), 120),
        (date(2026, 11, 24), 60),
    ]


@pytest.mark.django_db
def test_a_day_holds_twelve_hours(team, volunteer):
    first = datetime(2026, 11, 23, 6, 0, tzinfo=ZONE)
    recorded(volunteer, replace(service(team), start=first, end=first + 11 * HOUR))
    later = replace(service(team), start=first + 12 * HOUR, end=first + 13 * HOUR)

    with pytest.raises(DayFullError):
        recorded(volunteer, replace(later, end=later.end + MINUTE))
    assert recorded(volunteer, later).minutes == 60


@pytest.mark.django_db
@pytest.mark.parametrize(("ended", "is_taken"), [(0, True), (1, False)])
def test_an_ended_member_can_enter_up_to_the_last_day(team, ended, is_taken):
    day = date(2026, 11, 25) - timedelta(days=ended)
    left = member_of(team, ends_on=day)

    if is_taken:
        assert recorded(left, service(team))
    else:
        with pytest.raises(NotMemberError):
            recorded(left, service(team))


@pytest.mark.django_db
def test_a_stranger_and_an_unknown_team_are_refused(team):
    with pytest.raises(NotMemberError):
        recorded(UserFactory(), service(team))
    with pytest.raises(NotMemberError):
        recorded(member_of(team), replace(service(team), team="nowhere"))


@pytest.mark.django_db
def test_minutes_go_once_nobody_can_enter_them(team, volunteer):
    recorded(volunteer, service(team, hours=2))

    assert remove_spent_minutes(now=NOW + timedelta(days=29)) == 0
    assert remove_spent_minutes(now=NOW + timedelta(days=31)) == 120


@pytest.mark.django_db
def test_the_database_holds_one_leader_and_one_open_membership(team):
    member_of(team, role=MemberRole.LEADER)
    with pytest.raises(IntegrityError), transaction.atomic():
        member_of(team, role=MemberRole.LEADER)
    member = member_of(team)
    with pytest.raises(IntegrityError), transaction.atomic():
        member_of(team, user=member)
    assert Membership.objects.count() == 2


@given(start=moments, minutes=st.integers(1, 720), other=moments, length=st.integers(1, 720))
def test_two_periods_share_a_minute_exactly_when_they_overlap(start, minutes, other, length):
    end, other_end = start + minutes * MINUTE, other + length * MINUTE
    shared = set(rules.minute_keys(start, end)) & set(rules.minute_keys(other, other_end))

    assert bool(shared) == (start < other_end and other < end)


@given(start=moments, minutes=st.integers(1, 720))
def test_days_add_up_to_the_whole(start, minutes):
    days = list(rules.by_day(start, start + minutes * MINUTE))

    assert sum(part for _day, part in days) == minutes
    assert len({day for day, _part in days}) == len(days) <= 2
