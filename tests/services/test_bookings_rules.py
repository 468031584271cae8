"""What follows for a person and a booking, whatever the values."""

from datetime import date, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from lishui_center.common.clock import ZONE, moment
from services.bookings.rules import (
    Past,
    cancellations,
    free_nth,
    open_items,
    paused_until,
    reminder_times,
)

DAY = date(2026, 11, 25)
DAYS = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
NOW = moment(DAY, 40)
PERSON = "a"
EARLIER = st.builds(
    Past,
    pk=st.integers(1, 9),
    idempotency_key=st.none(),
    person_hash=st.sampled_from([PERSON, "b"]),
    date=DAYS,
    nth=st.integers(1, 4),
    status=st.sampled_from(["booked", "checked_in", "done", "no_show", "cancelled"]),
    cancelled_at=st.none() | st.integers(5, 35).map(lambda days: NOW - timedelta(days=days)),
    cancelled_by=st.sampled_from(["resident", "resident", "centre", ""]),
    kept_free=st.sampled_from([False, False, True]),
    item_ids=st.sets(st.integers(1, 3)),
)
PAST = st.lists(EARLIER, max_size=8)
MOMENTS = st.integers(0, 6 * 96).map(lambda cell: moment(DAY, 0) + timedelta(minutes=15 * cell))


def same_day(past):
    return {one.nth for one in past if one.active and one.person_hash == PERSON and one.date == DAY}


@given(past=PAST, limit=st.integers(1, 4))
def test_the_number_is_the_lowest_that_the_day_has_left(past, limit):
    nth = free_nth(past, PERSON, DAY, limit)

    used = same_day(past)
    lower = range(1, limit + 1 if nth is None else nth)
    assert nth not in used
    assert used >= set(lower)
    assert nth is None or 1 <= nth <= limit


@given(past=PAST, limit=st.integers(1, 4))
def test_booking_up_to_the_limit_gives_no_number_twice(past, limit):
    before, given_out = same_day(past), []
    while (nth := free_nth(past, PERSON, DAY, limit)) is not None:
        given_out.append(nth)
        past = [*past, Past(0, None, PERSON, DAY, nth, "booked", None, "", kept_free=False)]

    assert sorted(given_out) == sorted(set(range(1, limit + 1)) - before)


@given(past=PAST)
def test_an_item_is_open_from_its_booking_to_its_day(past):
    found = open_items(past, PERSON, DAY)

    for one in past:
        is_ahead = one.active and one.person_hash == PERSON and one.date >= DAY
        others = open_items([other for other in past if other is not one], PERSON, DAY)
        assert found == (others | one.item_ids if is_ahead else others)


@given(past=PAST, limit=st.integers(1, 3), days=st.integers(20, 40))
def test_a_pause_lies_ahead_and_is_over_when_it_says(past, limit, days):
    def pause_at(now):
        return paused_until(cancellations(past, days=days, now=now), limit=limit, days=days)

    until = pause_at(NOW)

    counted = [
        one.cancelled_at
        for one in past
        if one.cancelled_by == "resident"
        and not one.kept_free
        and one.cancelled_at
        and one.cancelled_at > NOW - timedelta(days=days)
    ]
    assert (until is None) == (len(counted) < limit)
    if until:
        assert until > NOW
        assert pause_at(until) is None
        assert pause_at(until - timedelta(seconds=1))


@given(starts_at=MOMENTS, now=MOMENTS)
def test_reminders_are_ahead_in_time_to_go_and_wake_nobody(starts_at, now):
    assume(now < starts_at)

    times = reminder_times(starts_at, now)

    for due_at in times.values():
        assert now < due_at <= starts_at - timedelta(minutes=30)
        assert due_at.astimezone(ZONE).time() >= time(8)
    if now < starts_at - timedelta(days=2):
        assert "booking_day_before" in times
        assert times["booking_day_before"].astimezone(ZONE).date() < starts_at.date()
