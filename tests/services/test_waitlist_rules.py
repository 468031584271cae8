"""When an offer runs out."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import moment
from lishui_center.notifications.rules import QuietHours
from services.waitlist.messages import duration
from services.waitlist.rules import minutes_to_answer, offer_ends

DAY = date(2026, 11, 25)
NEXT = DAY + timedelta(days=1)
FAR = moment(DAY + timedelta(days=5), 0)
NIGHT = QuietHours(time(21, 30), time(8))


def at(hour, minute=0, day=DAY):
    return moment(day, 0) + timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("now", "minutes", "ends"),
    [
        (at(10), 120, at(12)),
        (at(19, 30), 120, at(21, 30)),
        (at(21), 120, at(9, 30, NEXT)),
        (at(23), 120, at(10, 0, NEXT)),
        (at(3, 0, NEXT), 120, at(10, 0, NEXT)),
        (at(8), 60 * 24, at(18, 30, NEXT)),
    ],
)
def test_the_time_stands_still_at_night(now, minutes, ends):
    assert offer_ends(now, minutes=minutes, latest=FAR, quiet=NIGHT) == ends


def test_the_time_runs_on_where_no_hours_are_quiet():
    none = QuietHours(time(0), time(0))

    assert offer_ends(at(23), minutes=120, latest=FAR, quiet=none) == at(1, 0, NEXT)


def test_ends_when_the_place_can_no_longer_be_booked():
    assert offer_ends(at(10), minutes=120, latest=at(10, 45), quiet=NIGHT) == at(10, 45)


@pytest.mark.parametrize("latest", [at(9), at(10, 14)])
def test_is_not_made_when_nobody_could_answer(latest):
    assert offer_ends(at(10), minutes=120, latest=latest, quiet=NIGHT) is None


def test_is_not_made_at_night_for_a_place_that_is_gone_by_the_morning():
    assert offer_ends(at(23), minutes=120, latest=at(8, 10, NEXT), quiet=NIGHT) is None


def test_is_not_made_in_the_evening_for_a_place_that_is_gone_by_the_morning():
    """Eleven hours, of which only the first ten minutes are good for reading."""
    assert offer_ends(at(21, 20), minutes=120, latest=at(7, 0, NEXT), quiet=NIGHT) is None


def test_a_short_offer_is_what_the_centre_wants():
    assert offer_ends(at(10), minutes=5, latest=FAR, quiet=NIGHT) == at(10, 5)


def test_counts_the_minutes_from_when_it_is_read():
    assert minutes_to_answer(at(23), at(10, 0, NEXT), NIGHT) == 120


def minutes_awake(begins, ends):
    """Counted one by one."""
    length = int((ends - begins).total_seconds() // 60)
    return sum(not NIGHT.hold(begins + timedelta(minutes=n)) for n in range(length))


ANY_TIME, EVENINGS = st.integers(0, 24 * 60 - 1), st.integers(20 * 60, 22 * 60)
NOWS = (ANY_TIME | EVENINGS).map(lambda minute: at(0, minute))
MINUTES = st.integers(1, 24 * 60)


@given(now=NOWS, minutes=MINUTES)
def test_gives_all_the_time_the_centre_wants_while_people_are_awake(now, minutes):
    ends = offer_ends(now, minutes=minutes, latest=FAR, quiet=NIGHT)

    assert minutes_awake(now, ends) == minutes


@given(now=NOWS, minutes=MINUTES, left=st.integers(0, 12 * 60))
def test_leaves_time_to_answer_or_is_not_made(now, minutes, left):
    latest = now + timedelta(minutes=left)

    ends = offer_ends(now, minutes=minutes, latest=latest, quiet=NIGHT)

    possible = min(minutes, minutes_awake(now, latest))
    assert (ends is None) == (possible < min(15, minutes))
    assert ends is None or (now < ends <= latest and minutes_awake(now, ends) == possible)


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, "45"), (60, "1"), (90, "90"), (120, "2"), (750, "12")]
)
def test_says_no_more_time_than_there_is(minutes, words):
    assert duration(minutes).startswith(words)
