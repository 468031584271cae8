"""The calendar of a resource as arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import CELLS_PER_DAY, moment
from services.lending import rules
from services.lending.errors import EndsBeforeStartError
from services.resources.rules import OpenDay, cut, run_on
from services.slots.errors import SlotOffGridError

DAY = date(2026, 11, 27)
CELLS = st.integers(0, CELLS_PER_DAY)
RUNS = st.lists(st.tuples(CELLS, CELLS).map(lambda pair: tuple(sorted(pair))), max_size=5)


def cells_in(runs):
    return {cell for first, end in runs for cell in range(first, end)}


@given(RUNS, RUNS)
def test_cutting_takes_exactly_the_cells_of_the_gaps(runs, gaps):
    assert cells_in(cut(runs, gaps)) == cells_in(runs) - cells_in(gaps)


@given(st.integers(0, 300), st.integers(1, 300))
def test_the_cells_of_a_use_are_as_many_as_its_quarters(first, length):
    start = moment(DAY, 0) + timedelta(minutes=15 * first)

    cells = rules.cells_of(start, start + timedelta(minutes=15 * length))

    assert sum(map(len, cells.values())) == length
    assert all(0 <= run.start < run.stop <= CELLS_PER_DAY for run in cells.values())


@given(st.integers(-200, 200), st.integers(1, 200))
def test_a_run_on_a_day_is_what_lies_within_it(first, length):
    """In minutes, so that ends between two quarters count in full."""
    start = moment(DAY, 0) + timedelta(minutes=first * 7)

    run = run_on(DAY, start, start + timedelta(minutes=length * 7))

    touched = {
        cell
        for cell in range(CELLS_PER_DAY)
        if first * 7 < (cell + 1) * 15 and (first + length) * 7 > cell * 15
    }
    assert touched == (cells_in([run]) if run else set())


@given(st.dictionaries(st.integers(36, 84), st.integers(1, 3)), st.data())
def test_stretches_cover_each_open_cell_once_with_what_is_left(lanes, data):
    taken = data.draw(st.dictionaries(st.sampled_from([*lanes, 0]), st.integers(0, 3)))

    found = rules.stretches(lanes, taken)

    free = {cell: run.free for run in found for cell in range(run.first, run.end)}
    assert free == {cell: max(0, lanes[cell] - taken.get(cell, 0)) for cell in lanes}


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 90), st.integers(1, 6)), max_size=8))
def test_whoever_stays_never_takes_more_than_there_is(wishes):
    uses = [
        (pk, units, {DAY: range(first, first + length)})
        for pk, (units, first, length) in enumerate(wishes)
    ]

    out = rules.overfull(uses, 3)

    for cell in range(CELLS_PER_DAY):
        assert sum(units for pk, units, at in uses if pk not in out and cell in at[DAY]) <= 3
    if uses:
        assert 0 not in out


def test_a_thing_is_fetched_and_brought_back_in_opening_hours():
    days = {DAY: OpenDay(DAY, ((36, 48), (56, 72)))}
    over_noon = {DAY: range(40, 60)}

    assert rules.fits(over_noon, days, goes_out=True)
    assert not rules.fits(over_noon, days, goes_out=False)
    assert not rules.fits({DAY: range(49, 60)}, days, goes_out=True)
    shut = {DAY: OpenDay(DAY, ((36, 48), (56, 72)), ((50, 52),))}
    assert not rules.fits(over_noon, shut, goes_out=True)


def test_offers_the_half_hours_at_which_enough_is_free():
    found = rules.stretches(dict.fromkeys(range(36, 48), 2), {40: 2, 44: 1})

    assert rules.free_starts(found, 38) == [38, 42, 44, 46]
    assert rules.free_starts(found, 0, units=2) == [36, 38, 42, 46]
    assert rules.lowest_free([1, 3], 3) == 2
    assert rules.lowest_free([1, 2], 2) is None


def test_refuses_times_that_are_none():
    with pytest.raises(EndsBeforeStartError):
        rules.cells_of(moment(DAY, 40), moment(DAY, 40))
    with pytest.raises(SlotOffGridError):
        rules.cells_of(moment(DAY, 40) + timedelta(minutes=1), moment(DAY, 44))
