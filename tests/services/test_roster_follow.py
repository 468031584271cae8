"""Lanes that follow the roster: only windows with somebody on duty take bookings."""

from datetime import timedelta

import pytest

from services.hours.actions import extend_plans
from services.hours.models import DayPlan
from services.opening.actions import Change, apply_change, preview_change
from services.roster.actions import remove_shift, set_roster_policy
from services.roster.models import RosterPolicy
from services.roster.staffed import gaps_between
from tests.factories.accounts import UserFactory
from tests.factories.opening import TOMORROW, booking_at, weekly_offering
from tests.factories.roster import hours, planned
from tests.factories.services import NOW, CommunityFactory, WindowFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def offering():
    """Five windows, three of them for bookings."""
    found = weekly_offering()
    for number in range(5):
        WindowFactory(pool=found.pool, number=number + 1)
    return found


def staffed(offering, number, times=None, day=TOMORROW):
    windows = offering.pool.windows.order_by("number")[:number]
    return [planned(window, times=times, day=day) for window in windows]


def following(centre, *, follows=True):
    """The change by which the centre's lanes follow its roster."""
    policy = RosterPolicy(centre=centre, lanes_follow_roster=follows, front_desk=False)
    return Change((centre.pk,), lambda: set_roster_policy(policy=policy, by=UserFactory()))


def applied(change):
    seen = preview_change(change=change, now=NOW)
    return apply_change(change=change, expected=seen.fingerprint, now=NOW)


def spans(offering, day=TOMORROW):
    return DayPlan.objects.get(pool=offering.pool, date=day).spans


def test_opens_no_more_lanes_than_windows_are_staffed(offering):
    staffed(offering, 3)

    applied(following(offering.centre))

    assert spans(offering) == [[36, 84, 1, 3]]


def test_never_opens_more_lanes_than_the_rules(offering):
    staffed(offering, 5)
    offering.pool.lanes_total, offering.pool.lanes_online = 3, 1
    offering.pool.save()

    applied(following(offering.centre))

    assert spans(offering) == [[36, 84, 1, 3]]


def test_follows_the_roster_through_the_day(offering):
    staffed(offering, 5, hours("09:00", "15:00"))
    planned(offering.pool.windows.get(number=1), times=hours("15:00", "18:00"))

    applied(following(offering.centre))

    assert spans(offering) == [[36, 60, 3, 5], [60, 72, 0, 1]]


def test_a_break_closes_the_window_unless_somebody_covers_it(offering):
    staffed(offering, 4)
    planned(offering.pool.windows.get(number=5), times=hours(rest=("12:00", "13:00")))

    applied(following(offering.centre))

    assert spans(offering) == [[36, 48, 3, 5], [48, 52, 2, 4], [52, 84, 3, 5]]


def test_days_before_and_after_the_roster_keep_the_usual_lanes(offering):
    staffed(offering, 3)

    applied(following(offering.centre))

    assert spans(offering, TOMORROW - DAY) == [[36, 84, 3, 5]]
    assert spans(offering, TOMORROW + DAY) == [[36, 84, 3, 5]]


def test_a_day_on_which_nobody_is_planned_has_no_lanes(offering):
    staffed(offering, 3)
    staffed(offering, 3, day=TOMORROW + 2 * DAY)

    applied(following(offering.centre))

    assert spans(offering, TOMORROW + DAY) == []


def test_the_front_desk_alone_is_no_roster_to_follow(offering):
    planned(None, centre=offering.centre)

    applied(following(offering.centre))

    assert spans(offering) == [[36, 84, 3, 5]]


def test_the_preview_lists_the_bookings_it_would_orphan(offering):
    staffed(offering, 5, hours("09:00", "15:00"))
    booking = booking_at(offering, 16)

    effect = preview_change(change=following(offering.centre), now=NOW)

    assert effect.orphans == (booking.pk,)
    assert not RosterPolicy.objects.exists()
    assert spans(offering) == [[36, 84, 3, 5]]


def test_a_removed_shift_takes_its_lane_along(offering):
    shift = staffed(offering, 5)[0]
    applied(following(offering.centre))
    removal = Change(
        (offering.centre_id,),
        lambda: remove_shift(shift_id=shift.pk, version=1, by=UserFactory(), now=NOW),
        day=TOMORROW,
    )

    applied(removal)

    assert spans(offering) == [[36, 84, 2, 4]]


def test_the_nightly_plans_keep_following(offering):
    staffed(offering, 3)
    applied(following(offering.centre))

    assert extend_plans(now=NOW) == 0
    assert spans(offering) == [[36, 84, 1, 3]]


def test_stops_following(offering):
    staffed(offering, 3)
    applied(following(offering.centre))

    applied(following(offering.centre, follows=False))

    assert spans(offering) == [[36, 84, 3, 5]]


def test_another_centre_stays_as_it_is(offering):
    staffed(offering, 3)
    other = weekly_offering(centre=CommunityFactory())

    applied(following(offering.centre))

    assert spans(other) == [[36, 84, 3, 5]]


def test_the_gaps_are_those_against_the_rules(offering):
    staffed(offering, 3)
    applied(following(offering.centre))

    (gap,) = gaps_between([offering.centre], TOMORROW, TOMORROW)

    assert (gap.gap.first, gap.gap.end, gap.gap.missing) == (36, 84, 2)
