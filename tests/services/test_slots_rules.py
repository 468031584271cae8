"""Places as arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lishui_center.common.clock import CELLS_PER_DAY, cell_at, moment, today
from lishui_center.common.errors import RuleError
from services.slots.errors import SlotOffGridError
from services.slots.rules import (
    ReleaseTerms,
    cells_for,
    check_bookable,
    first_bookable_cell,
    free_lanes,
    last_released,
    nearest,
    split_start,
    starts,
)

DAY = date(2026, 11, 25)
DAYS = st.integers(-2, 9).map(lambda days: DAY + timedelta(days=days))
CELLS = st.integers(0, CELLS_PER_DAY - 1)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: moment(DAY, 0) + timedelta(minutes=minute))
TERMS = st.builds(ReleaseTerms, st.integers(1, 8), st.integers(0, 23), st.integers(0, 24 * 60))
LANES = st.dictionaries(st.integers(30, 40), st.integers(0, 3))
MOST_LANES = 3
TAKEN = st.frozensets(st.integers(0, MOST_LANES + 1))
BOOK = st.tuples(st.just("book"), st.integers(0, MOST_LANES), st.integers(0, 3))
CANCEL = st.tuples(st.just("cancel"), st.integers(0, MOST_LANES), st.just(0))


@pytest.mark.parametrize(
    ("lanes", "taken", "free"),
    [
        (3, set(), [0, 1, 2]),
        (3, {1}, [0, 2]),
        (2, {1, 2}, []),
        (2, {2}, [1]),
        (3, {3, 4}, [2]),
        (0, {0}, []),
    ],
)
def test_a_lane_beyond_the_rest_counts_as_the_lowest_free_one(lanes, taken, free):
    assert free_lanes(lanes, taken) == free


@given(lanes=st.integers(0, MOST_LANES), taken=TAKEN)
def test_as_many_are_free_as_are_not_taken(lanes, taken):
    free = free_lanes(lanes, taken)

    assert len(free) == max(0, lanes - len(taken))
    assert not set(free) & taken


@given(lanes=st.integers(1, MOST_LANES), taken=TAKEN, steps=st.lists(BOOK | CANCEL, min_size=3))
@settings(max_examples=300)
def test_the_unique_lanes_hold_however_old_the_view_of_whoever_books(lanes, taken, steps):
    """Whoever books may have looked before others booked or cancelled."""
    views = [taken]
    for step, choice, age in steps:
        now = views[-1]
        free = free_lanes(lanes, views[max(0, len(views) - 1 - age)])
        if step == "cancel" and now:
            views.append(now - {sorted(now)[choice % len(now)]})
        elif step == "book" and free and (lane := free[choice % len(free)]) not in now:
            views.append(now | {lane})
            assert len(views[-1]) <= lanes


@given(minutes=st.integers(1, 600))
def test_a_visit_gets_enough_cells_and_none_to_spare(minutes):
    cells = cells_for(minutes)

    assert (cells - 1) * 15 < minutes <= cells * 15


@given(start=MINUTES)
def test_a_start_is_on_the_grid_or_refused(start):
    if start.minute % 15:
        with pytest.raises(SlotOffGridError):
            split_start(start)
    else:
        assert moment(*split_start(start)) == start


@given(terms=TERMS, now=MINUTES)
def test_one_more_day_opens_each_morning_at_the_release_hour(terms, now):
    ahead = (last_released(terms, now) - today(now)).days

    assert ahead == terms.days_ahead - (cell_at(now) < terms.hour * 4)


@given(terms=TERMS, day=DAYS, cell=CELLS, now=MINUTES)
def test_what_is_shown_can_be_booked_and_nothing_else(terms, day, cell, now):
    """The grid and the booking itself decide by different rules, which must agree."""
    is_shown = day <= last_released(terms, now) and cell >= first_bookable_cell(terms, day, now)
    is_shown = is_shown and moment(day, cell) > now

    try:
        check_bookable(terms, day, cell, now)
    except RuleError:
        assert not is_shown
    else:
        assert is_shown


@given(lanes=LANES, taken=LANES, cells=st.integers(1, 4), earliest=st.integers(28, 42))
def test_a_start_offers_what_its_fullest_cell_has_left(lanes, taken, cells, earliest):
    found = {
        start.cell: start.free for start in starts(lanes, taken, cells=cells, earliest=earliest)
    }

    for first in range(28, 44):
        run = range(first, first + cells)
        is_open = first >= earliest and all(lanes.get(cell) for cell in run)
        assert (first in found) == is_open
        if is_open:
            left = min(lanes[cell] - taken.get(cell, 0) for cell in run)
            assert found[first] == max(left, 0)


@given(cells=st.sets(CELLS), wanted=MINUTES, count=st.integers(1, 4))
def test_no_start_left_out_is_nearer(cells, wanted, count):
    found = [moment(DAY, cell) for cell in cells]

    chosen = nearest(found, wanted, count)

    assert chosen == sorted(chosen)
    assert len(chosen) == min(count, len(found))
    furthest = max((abs(start - wanted) for start in chosen), default=timedelta())
    assert all(abs(start - wanted) >= furthest for start in set(found) - set(chosen))
