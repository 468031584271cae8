"""Closing many centres at once, and deciding on their bookings until none is left."""

from datetime import time

import pytest
from django.utils import timezone

from lishui_center.audit.models import Event
from lishui_center.notifications.models import Notification
from services.bookings.models import Booking
from services.closures.actions import ClosingOrder, close_centres, settle_closure
from services.closures.models import Closure
from services.hours.models import DayPlan, HoursException
from services.hours.rules import closed_from
from services.opening.actions import preview_change
from services.opening.errors import StalePreviewError
from services.orphans.actions import Notice
from services.orphans.rules import Decision
from services.tasks import settle_closures
from tests.factories.accounts import UserFactory
from tests.factories.opening import TOMORROW, booking_at, weekly_offering
from tests.factories.services import NOW, CommunityFactory

pytestmark = pytest.mark.django_db


def order_for(*centres, closes=None):
    return ClosingOrder(centres, TOMORROW, closes, Notice("台风预警", "typhoon warning"))


def close(order, decision=Decision.KEEP):
    by = UserFactory()
    seen = preview_change(change=order.change(by), now=NOW).fingerprint
    return close_centres(order=order, decision=decision, expected=seen, by=by, now=NOW)


def two_centres():
    town = weekly_offering()
    village = weekly_offering(centre=CommunityFactory(parent=town.centre))
    return town, village


@pytest.mark.parametrize(
    ("opens", "closes", "at", "expected"),
    [
        (None, None, time(14), (None, None)),
        (time(9), time(17), None, (None, None)),
        (time(9), time(17), time(14), (time(9), time(14))),
        (time(9), time(12), time(14), (time(9), time(12))),
        (time(15), time(18), time(14), (None, None)),
        (None, time(16), time(14), (None, time(14))),
        (time(10), None, time(14), (time(10), time(14))),
    ],
)
def test_closing_only_ever_shortens_a_day_that_differs(opens, closes, at, expected):
    assert closed_from(opens, closes, at) == expected


def test_closes_every_centre_in_one_go():
    town, village = two_centres()

    close(order_for(town.centre, village.centre))

    plans = DayPlan.objects.filter(date=TOMORROW)
    assert [plan.spans for plan in plans] == [[], []]
    assert Event.objects.filter(action="closure.made").count() == 1


def test_closes_from_an_hour_on():
    town, _ = two_centres()

    close(order_for(town.centre, closes=time(14)))

    [span] = DayPlan.objects.get(pool=town.pool, date=TOMORROW).spans
    assert span[:2] == [36, 56]


def test_closes_a_pool_that_had_a_date_of_its_own():
    town, _ = two_centres()
    HoursException.objects.create(
        centre=town.centre,
        pool=town.pool,
        date=TOMORROW,
        opens=time(8),
        closes=time(22),
        reason_zh="开放日",
        reason_en="open day",
    )

    close(order_for(town.centre))

    assert DayPlan.objects.get(pool=town.pool, date=TOMORROW).spans == []


def test_shortens_a_pool_that_had_a_date_of_its_own():
    town, _ = two_centres()
    HoursException.objects.create(
        centre=town.centre,
        pool=town.pool,
        date=TOMORROW,
        opens=time(8),
        closes=time(22),
        reason_zh="开放日",
        reason_en="open day",
    )

    close(order_for(town.centre, closes=time(14)))

    [span] = DayPlan.objects.get(pool=town.pool, date=TOMORROW).spans
    assert span[:2] == [32, 56]


def test_refuses_a_stale_preview():
    town, _ = two_centres()
    order, by = order_for(town.centre), UserFactory()
    seen = preview_change(change=order.change(by), now=NOW).fingerprint
    booking_at(town, 14)

    with pytest.raises(StalePreviewError):
        close_centres(order=order, decision=Decision.KEEP, expected=seen, by=by, now=NOW)

    assert not Closure.objects.exists()
    assert not HoursException.objects.exists()


def test_closing_twice_changes_nothing_more():
    town, _ = two_centres()
    close(order_for(town.centre))

    effect = preview_change(change=order_for(town.centre).change(UserFactory()), now=NOW)
    close(order_for(town.centre))

    assert not effect.changes
    assert HoursException.objects.count() == 1


def test_settles_bit_by_bit_and_is_done_when_none_is_left():
    town, village = two_centres()
    for number in range(3):
        booking_at(town, 10 + number, number=number)
    booking_at(village, 10, number=9)
    closure = close(order_for(town.centre, village.centre))

    assert settle_closure(closure=closure, limit=3, now=NOW) == 1
    closure.refresh_from_db()
    assert (closure.done, closure.settled_at) == (3, None)

    assert settle_closure(closure=closure, limit=3, now=NOW) == 0
    closure.refresh_from_db()
    assert (closure.kept, closure.moved, closure.settled_at) == (4, 0, NOW)
    assert Booking.objects.filter(kept_free=True).count() == 4
    assert Notification.objects.filter(kind="centre_closed").count() == 4


def test_moves_when_that_was_decided():
    town, _ = two_centres()
    booking_at(town, 10)
    closure = close(order_for(town.centre), Decision.MOVE)

    settle_closure(closure=closure, limit=10, now=NOW)

    closure.refresh_from_db()
    assert (closure.kept, closure.moved) == (0, 1)
    assert Booking.objects.get().date > TOMORROW


def test_the_task_takes_up_what_was_cut_short():
    now = timezone.now()
    booking = booking_at(weekly_offering(now=now), 10, now=now)
    order = ClosingOrder(
        [booking.centre], booking.date, None, Notice("台风预警", "typhoon warning")
    )
    by = UserFactory()
    seen = preview_change(change=order.change(by), now=now).fingerprint
    closure = close_centres(order=order, decision=Decision.KEEP, expected=seen, by=by, now=now)

    settle_closures()
    settle_closures()

    closure.refresh_from_db()
    assert closure.settled_at
    assert Notification.objects.filter(kind="centre_closed").count() == 1
