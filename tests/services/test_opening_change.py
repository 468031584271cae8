"""Changing the opening: a dry run first, then the same for good."""

from datetime import time, timedelta

import pytest

from lishui_center.audit.models import Event
from lishui_center.common.clock import cell_of, today
from services.centres.actions import save_setting
from services.centres.errors import WalkInShareError
from services.centres.models import BookingPolicy
from services.hours.models import DayPlan, HoursException
from services.opening.actions import Change, apply_change, preview_change
from services.opening.errors import StalePreviewError
from services.slots.errors import SlotFullError
from tests.factories.accounts import UserFactory
from tests.factories.opening import TOMORROW, booking_at, open_weekly, weekly_offering
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


def closing(centre, *, closes=None, pool=None, day=TOMORROW):
    """A change that closes the centre on `day`, all day or from `closes` on."""
    row = HoursException(
        centre=centre, pool=pool, date=day, closes=closes, reason_zh="台风", reason_en="typhoon"
    )
    return Change((centre.pk,), lambda: save_setting(row=row, by=UserFactory()))


def test_preview_writes_nothing():
    booking = booking_at(weekly_offering(), 14)

    preview_change(change=closing(booking.centre), now=NOW)

    assert not HoursException.objects.exists()
    assert DayPlan.objects.get(pool=booking.pool, date=TOMORROW).spans
    assert not Event.objects.filter(action="hoursexception.added").exists()


def test_preview_shows_two_weeks_with_the_day_that_differs():
    offering = weekly_offering()

    effect = preview_change(change=closing(offering.centre, closes=time(14)), now=NOW)

    assert [day.date for day in effect.days] == [today(NOW) + timedelta(days=n) for n in range(14)]
    changed = [day for day in effect.days if day.before != day.after]
    assert [day.date for day in changed] == [TOMORROW]
    assert changed[0].after.spans[0].end == cell_of(time(14))


def test_preview_lists_the_bookings_left_without_a_window():
    offering = weekly_offering()
    booking_at(offering, 11, number=1)
    late = booking_at(offering, 15, number=2)

    effect = preview_change(change=closing(offering.centre, closes=time(14)), now=NOW)

    assert effect.orphans == (late.pk,)


def test_preview_counts_a_visit_that_only_ends_too_late():
    offering = weekly_offering()
    offering.item.minutes = 30
    offering.item.save()
    booking = booking_at(offering, 14)

    effect = preview_change(change=closing(offering.centre, closes=time(14, 15)), now=NOW)

    assert effect.orphans == (booking.pk,)


def test_fewer_windows_orphan_who_booked_last():
    offering = weekly_offering(lanes_total=5, lanes_online=2)
    booking_at(offering, 10, number=1)
    second = booking_at(offering, 10, number=2, now=NOW + timedelta(minutes=1))
    pool = offering.pool
    pool.lanes_total, pool.lanes_online = 1, 0
    change = Change((pool.centre_id,), lambda: save_setting(row=pool, by=UserFactory()))

    effect = preview_change(change=change, now=NOW)

    assert effect.orphans == (second.pk,)


def test_applies_what_the_preview_showed():
    booking = booking_at(weekly_offering(), 14)
    change = closing(booking.centre)
    seen = preview_change(change=change, now=NOW).fingerprint

    effect = apply_change(change=closing(booking.centre), expected=seen, now=NOW)

    assert effect.orphans == (booking.pk,)
    assert DayPlan.objects.get(pool=booking.pool, date=TOMORROW).spans == []
    assert Event.objects.filter(action="hoursexception.added").exists()


def test_keeps_the_booking_and_its_place():
    booking = booking_at(weekly_offering(), 14)
    seen = preview_change(change=closing(booking.centre), now=NOW).fingerprint

    apply_change(change=closing(booking.centre), expected=seen, now=NOW)

    booking.refresh_from_db()
    assert booking.is_active
    assert booking.claims.count() == 1


def test_refuses_a_stale_preview_and_shows_the_new_one():
    offering = weekly_offering()
    seen = preview_change(change=closing(offering.centre), now=NOW).fingerprint
    booking = booking_at(offering, 14)

    with pytest.raises(StalePreviewError) as refusal:
        apply_change(change=closing(offering.centre), expected=seen, now=NOW)

    assert refusal.value.effect.orphans == (booking.pk,)
    assert not HoursException.objects.exists()


def test_refuses_to_take_the_windows_of_walk_ins():
    offering = weekly_offering(lanes_total=5, lanes_online=3)
    pool = offering.pool
    pool.lanes_online = 4
    change = Change((pool.centre_id,), lambda: save_setting(row=pool, by=UserFactory()))

    with pytest.raises(WalkInShareError):
        preview_change(change=change, now=NOW)


def test_a_closing_does_not_fail_on_a_share_that_was_wrong_before():
    offering = weekly_offering(lanes_total=5, lanes_online=3)
    BookingPolicy.objects.filter(centre=offering.centre).update(walk_in_percent=80)

    effect = preview_change(change=closing(offering.centre, closes=time(14)), now=NOW)

    assert effect.changes


def test_a_date_of_one_pool_leaves_the_others_alone():
    offering = weekly_offering()
    other = weekly_offering(centre=offering.centre)

    effect = preview_change(change=closing(offering.centre, pool=offering.pool), now=NOW)

    assert {change.pool for change in effect.changes} == {offering.pool}
    assert other.pool not in {change.pool for change in effect.changes}


def test_closing_early_keeps_the_break_at_noon():
    offering = weekly_offering()
    centre = offering.centre
    centre.hours_rules.all().delete()
    open_weekly(centre, opens=time(8, 30), closes=time(12))
    open_weekly(centre, opens=time(14), closes=time(17, 30))

    effect = preview_change(change=closing(centre, closes=time(16)), now=NOW)

    after = next(change.after for change in effect.changes)
    assert [(span.first, span.end) for span in after.spans] == [
        (cell_of(time(8, 30)), cell_of(time(12))),
        (cell_of(time(14)), cell_of(time(16))),
    ]


def test_lists_only_the_orphans_it_makes():
    offering = weekly_offering()
    booking_at(offering, 10, number=1)
    early = booking_at(offering, 15, number=2)
    first = closing(offering.centre, closes=time(14))
    apply_change(change=first, expected=preview_change(change=first, now=NOW).fingerprint, now=NOW)
    row = HoursException.objects.get()
    row.closes = time(12)

    change = Change((offering.centre_id,), lambda: save_setting(row=row, by=UserFactory()))
    effect = preview_change(change=change, now=NOW)

    assert effect.orphans == ()
    assert effect.earlier == (early.pk,)


def test_a_claim_in_a_lane_that_is_gone_takes_one_that_is_left():
    offering = weekly_offering(lanes_total=5, lanes_online=3)
    booking = booking_at(offering, 14)
    booking.claims.update(lane=2)
    pool = offering.pool
    pool.lanes_online = 1
    change = Change((pool.centre_id,), lambda: save_setting(row=pool, by=UserFactory()))

    apply_change(
        change=change, expected=preview_change(change=change, now=NOW).fingerprint, now=NOW
    )

    assert booking.claims.get().lane == 0
    with pytest.raises(SlotFullError):
        booking_at(offering, 14, number=2)
