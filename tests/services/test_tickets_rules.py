"""The order of a queue, its numbers and its forecast."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.tickets import rules
from services.tickets.waits import ENOUGH, USUAL_MINUTES, Served, forecast, typical

NINE = datetime(2026, 11, 25, 1, tzinfo=UTC)
GRACE = timedelta(minutes=15)
minutes = st.integers(0, 600).map(lambda count: timedelta(minutes=count))


def key(arrival, starts_at=None, *, has_priority=False):
    return rules.sort_at(
        arrival=arrival, starts_at=starts_at, grace=GRACE, has_priority=has_priority
    )


@given(minutes)
def test_a_walk_in_stands_where_it_arrived(wait):
    assert key(NINE + wait) == rules.sort_key(NINE + wait)


@given(minutes, minutes)
def test_a_booked_visitor_on_time_stands_ten_minutes_before_the_slot(arrives, starts):
    arrival, starts_at = NINE + arrives, NINE + starts
    on_time = arrival <= starts_at + GRACE

    expected = starts_at - timedelta(minutes=10) if on_time else arrival

    assert key(arrival, starts_at) == rules.sort_key(expected)


@given(minutes, minutes)
def test_priority_never_passes_who_has_waited_longer_than_twenty_minutes(first, later):
    patient, hurried = key(NINE + first), key(NINE + first + later, has_priority=True)

    assert (hurried < patient) == (later < timedelta(minutes=20))


@given(st.integers(0, 2000))
def test_numbers_follow_on_and_leave_the_papers_alone(last):
    following = rules.next_number(last)

    assert following > last
    assert following not in rules.PAPER_NUMBERS
    assert set(range(last + 1, following)) <= set(rules.PAPER_NUMBERS)


def test_shows_three_digits_and_more_where_needed():
    assert rules.number_text("RA", 7) == "RA007"
    assert rules.number_text("A", 1000) == "A1000"


@given(st.lists(st.integers(0, 10**9), max_size=6).map(sorted))
def test_who_returns_stands_behind_the_next_two(waiting):
    returned = rules.return_key(waiting, NINE)

    if waiting:
        assert waiting[:2][-1] < returned
        assert sum(other < returned for other in waiting) >= min(2, len(waiting))
    else:
        assert returned == rules.sort_key(NINE)


def test_measures_by_the_hour_once_it_has_seen_enough():
    morning = [Served(9, 10.0)] * ENOUGH
    evening = [Served(19, 30.0)] * ENOUGH

    assert typical(morning + evening, 9) == (10.0, 0.0)
    assert typical(morning + evening, 14) == (20.0, 10.0)
    assert typical(morning[1:], 9)[0] == USUAL_MINUTES


@given(st.integers(0, 60), st.integers(1, 10))
def test_more_people_never_wait_less_and_more_windows_never_more(ahead, windows):
    visits = [Served(9, 8.0), Served(9, 16.0)] * ENOUGH
    here = forecast(visits, hour=9, ahead=ahead, windows=windows)

    assert here.p50 <= here.p90
    assert here.p50 <= forecast(visits, hour=9, ahead=ahead + 1, windows=windows).p50
    assert here.p90 >= forecast(visits, hour=9, ahead=ahead, windows=windows + 1).p90
