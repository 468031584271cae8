"""What a roster covers, by example and for any hours."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import CELLS_PER_DAY, moment
from lishui_center.notifications.rules import QuietHours
from services.hours.rules import Day, Span, limited
from services.roster.rules import (
    Gap,
    Hours,
    gaps,
    lane_limits,
    monday_of,
    people_by_cell,
    reminder_times,
    typed_time,
)

DAY = date(2026, 11, 25)
NIGHT = QuietHours(time(21, 30), time(8))
CELLS = st.integers(0, CELLS_PER_DAY - 1)
PEOPLE = st.dictionaries(CELLS, st.integers(0, 4))


@st.composite
def any_hours(draw):
    """A shift of any length, with or without a break inside."""
    first, rest_first, rest_end, end = sorted(
        draw(st.lists(st.integers(0, CELLS_PER_DAY), min_size=4, max_size=4, unique=True))
    )
    return Hours(first, end, draw(st.sampled_from([None, (rest_first, rest_end)])))


@given(PEOPLE, PEOPLE)
def test_the_gaps_are_exactly_what_is_missing(needed, staffed):
    missing = {
        cell: gap.missing for gap in gaps(needed, staffed) for cell in range(gap.first, gap.end)
    }

    assert missing == {
        cell: people - staffed.get(cell, 0)
        for cell, people in needed.items()
        if people > staffed.get(cell, 0)
    }


@given(PEOPLE, PEOPLE)
def test_the_gaps_are_in_order_and_as_long_as_they_can_be(needed, staffed):
    found = gaps(needed, staffed)

    for one, next_one in pairwise(found):
        assert one.end <= next_one.first
        assert one.end < next_one.first or one.missing != next_one.missing


@given(PEOPLE)
def test_whoever_is_needed_and_there_leaves_no_gap(needed):
    assert gaps(needed, needed) == []


@given(any_hours())
def test_a_person_is_there_but_in_the_break(hours):
    there = hours.on_duty

    assert hours.is_within_the_day
    assert hours.holds_its_break
    assert len(there) == hours.end - hours.first - (
        hours.rest[1] - hours.rest[0] if hours.rest else 0
    )
    assert there[0] == hours.first
    assert there[-1] == hours.end - 1


@given(st.lists(any_hours(), max_size=5))
def test_counts_everybody_who_is_there(duties):
    people = people_by_cell(duties)

    assert sum(people.values()) == sum(len(hours.on_duty) for hours in duties)


@given(PEOPLE, st.integers(0, 100))
def test_the_lanes_keep_the_walk_in_share(staffed, percent):
    limits = lane_limits(staffed, percent)

    for cell, (online, total) in limits.items():
        assert total == staffed[cell]
        assert online * 100 <= total * (100 - percent)


SPANS = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 6), st.integers(0, 6)), max_size=5
).map(
    lambda parts: tuple(
        Span(sum(p[0] for p in parts[:n]), sum(p[0] for p in parts[: n + 1]), min(a, b), max(a, b))
        for n, (_, a, b) in enumerate(parts)
    )
)


@given(SPANS, st.dictionaries(st.integers(0, 70), st.tuples(st.integers(0, 3), st.integers(3, 6))))
def test_a_limited_day_has_the_smaller_of_both_in_every_cell(spans, most):
    def lanes(day):
        return {
            cell: (span.online, span.total)
            for span in day.spans
            for cell in range(span.first, span.end)
        }

    usual = lanes(Day(spans))
    for cell, (online, total) in lanes(limited(Day(spans), most)).items():
        assert (online, total) == tuple(map(min, usual[cell], most[cell]))
        assert total > 0
    closed = usual.keys() - lanes(limited(Day(spans), most)).keys()
    assert all(min(usual[cell][1], most.get(cell, (0, 0))[1]) == 0 for cell in closed)


def test_names_a_gap_from_when_to_when():
    needed = dict.fromkeys(range(36, 84), 2)
    staffed = people_by_cell([Hours(36, 84), Hours(36, 60, (48, 50))])

    assert gaps(needed, staffed) == [Gap(48, 50, 1), Gap(60, 84, 1)]


@pytest.mark.parametrize("hours", [Hours(84, 84), Hours(84, 36), Hours(84, 100), Hours(-1, 4)])
def test_a_shift_stays_within_the_day(hours):
    assert not hours.is_within_the_day


@pytest.mark.parametrize("rest", [(36, 40), (60, 84), (50, 50), (52, 50), (20, 30)])
def test_a_break_has_work_on_both_sides(rest):
    assert not Hours(36, 84, rest).holds_its_break


def test_reminds_the_evening_before_and_an_hour_before():
    start = moment(DAY, 60)

    times = reminder_times(start, start - timedelta(days=2), NIGHT)

    assert times == {
        "duty_tomorrow": moment(DAY - timedelta(days=1), 80),
        "duty_soon": start - timedelta(hours=1),
    }


def test_wakes_nobody_for_an_early_duty():
    start = moment(DAY, 34)

    assert reminder_times(start, start - timedelta(days=2), NIGHT).keys() == {"duty_tomorrow"}


def test_reminds_of_nothing_that_is_over():
    start = moment(DAY, 60)

    assert reminder_times(start, start - timedelta(minutes=59), NIGHT) == {}


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_begins_on_monday(day):
    monday = monday_of(day)

    assert monday.isoweekday() == 1
    assert timedelta() <= day - monday < timedelta(days=7)


def test_midnight_is_typed_as_the_last_minute():
    assert [typed_time(cell) for cell in (36, 95, 96)] == ["09:00", "23:45", "23:59"]
