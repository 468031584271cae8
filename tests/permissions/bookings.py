"""Bookings at the centre, and what its managers set."""

from datetime import timedelta

from services.closures.models import Closure
from services.hours.models import CalendarDay, HoursException, HoursRule
from services.orphans.rules import Decision
from services.roster.swaps import ask_swap
from services.standing.actions import appeal, suspend
from services.tickets.actions import check_in_visit
from services.tickets.models import Source
from tests.factories.accounts import staff_at
from tests.factories.opening import booking_at, close_behind_its_back, weekly_offering
from tests.factories.roster import asked_leave, hours, planned
from tests.factories.services import NOW, WindowFactory
from tests.factories.thinktank import DAY
from tests.permissions.scene import Scene

EARLY = NOW - timedelta(hours=3)


def bookings(scene: Scene) -> None:
    """Bookings of yesterday's making, one of each kind."""
    scene.offering = offering = weekly_offering()
    booking = booking_at(offering, 18)
    orphan = booking_at(offering, 14, day=DAY + timedelta(days=3), number=2)
    close_behind_its_back(orphan)
    arrives = booking_at(offering, 11, day=DAY, number=3, now=EARLY)
    late = booking_at(offering, 9, day=DAY, number=4, now=EARLY)
    here = booking_at(offering, 10, day=DAY, number=5, now=EARLY)
    check_in_visit(booking_id=here.pk, source=Source.DESK, now=NOW)
    own = booking_at(offering, 15, number=6)
    type(own).objects.filter(pk=own.pk).update(phone_hash=scene.people["clerk"].phone_hash)
    cause = booking_at(offering, 11, number=7)
    paused = suspend(
        phone_hash=cause.phone_hash,
        cause_id=cause.pk,
        policy=scene.centre.policy,
        actor=scene.colleague,
        now=NOW,
    )
    appeal(suspension_id=paused.pk, text="住院了", now=NOW)
    scene.keys |= {
        "booking": booking.reference,
        "booking_version": booking.version,
        "tomorrow_noon": (NOW + timedelta(days=1, hours=2)).isoformat(),
        "date_day": orphan.date.isoformat(),
        "item": offering.item_id,
        "arrives": arrives.reference,
        "late": late.reference,
        "here": here.reference,
        "clerks_booking": own.reference,
        "suspension": paused.pk,
        "item_code": offering.item.code,
        "pool": offering.pool_id,
    }


def settings(scene: Scene) -> None:
    """Hours, windows, holidays and a closing."""
    holiday = CalendarDay.objects.create(
        date=DAY + timedelta(days=40), kind="holiday", name_zh="元旦", source="国务院"
    )
    closure = Closure.objects.create(
        date=DAY,
        reason_zh="台风",
        decision=Decision.KEEP,
        bookings=3,
        created_by=scene.colleague,
        created_at=NOW,
    )
    closure.centres.add(scene.centre)
    scene.keys |= {
        "rule": HoursRule.objects.get().pk,
        "date": HoursException.objects.get().pk,
        "holiday": holiday.pk,
        "closing": closure.pk,
        "counter": WindowFactory(pool=scene.offering.pool, number=9041).pk,
    }


def roster(scene: Scene) -> None:
    """Shifts, leaves and a swap of the clerk's and of a colleague's."""
    clerk, colleague = scene.people["clerk"], staff_at(scene.centre.pk)
    window = WindowFactory(pool=scene.offering.pool, number=9042)
    shift = planned(window, clerk, hours("10:00", "18:00"))
    given = planned(None, colleague, hours("18:00", "21:00"), centre=scene.centre)
    swap = ask_swap(shift=given, to=clerk, other=None, by=colleague, now=NOW)
    scene.keys |= {
        "shift": shift.pk,
        "shift_version": shift.version,
        "swap": swap.pk,
        "leave": asked_leave(colleague, scene.centre, first=DAY + timedelta(days=5)).pk,
        "clerks_leave": asked_leave(clerk, scene.centre, first=DAY + timedelta(days=6)).pk,
        "colleague_id": colleague.pk,
    }
