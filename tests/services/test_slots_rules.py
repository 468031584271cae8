"""Places as arithmetic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.slots.rules import free_lanes

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
