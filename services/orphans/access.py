"""Orphans: bookings still ahead whose time the centre has since closed, and nobody decided on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from lishui_center.accounts.access import managed_centres, staffed_centres
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.bookings.models import Booking, BookingQuerySet, Status
from services.hours.models import DayPlan
from services.orphans.rules import BookedVisit, left_out, windows_by_cell


def find_orphans(where: Q, *, now: datetime) -> list[int]:
    """The orphaned bookings among those that `where` matches, soonest first: two queries.

    A plan that was never changed (version 1) cannot have orphaned anything, so the query stays
    small. It also finds a booking that was being made while the hours changed.
    """
    changed = DayPlan.objects.filter(pool=OuterRef("pool"), date=OuterRef("date"), version__gt=1)
    rows = (
        Booking.objects.filter(where, Exists(changed), starts_at__gt=now)
        .filter(status=Status.BOOKED, kept_free=False)
        .order_by("created_at", "pk")
        .values_list("pk", "pool_id", "date", "start_cell", "cells", "starts_at")
    )
    by_day: dict[tuple[int, date], list[BookedVisit]] = defaultdict(list)
    starts: dict[int, datetime] = {}
    for pk, pool_id, day, first, cells, starts_at in rows:
        by_day[pool_id, day].append(BookedVisit(pk, range(first, first + cells)))
        starts[pk] = starts_at
    windows = _windows(by_day)
    found = [pk for key, visits in by_day.items() for pk in left_out(visits, windows[key])]
    return sorted(found, key=lambda pk: (starts[pk], pk))


def is_orphan(booking: Booking, *, now: datetime) -> bool:
    """Whether the booking is without a window, counted among all of its day."""
    return booking.pk in find_orphans(Q(pool=booking.pool_id, date=booking.date), now=now)


def orphans_of_staff(user: User, *, now: datetime, centre_code: str = "") -> list[int]:
    """The orphans of the centres where the person works, or of one of these."""
    return find_orphans(staffed_centres(user, today(now)) & _of(centre_code), now=now)


def orphans_to_settle(user: User, *, now: datetime, centre_code: str = "") -> list[int]:
    """Of these, the ones the person decides on: those of the centres he manages."""
    return find_orphans(managed_centres(user, today(now)) & _of(centre_code), now=now)


def orphan_bookings(pks: Iterable[int]) -> BookingQuerySet:
    """These bookings as a list shows them."""
    return Booking.objects.for_list().filter(pk__in=list(pks))


def _of(centre_code: str) -> Q:
    return Q(centre__code=centre_code) if centre_code else Q()


def _windows(keys: Iterable[tuple[int, date]]) -> dict[tuple[int, date], dict[int, int]]:
    pools, days = {pool_id for pool_id, _ in keys}, {day for _, day in keys}
    plans = DayPlan.objects.filter(pool__in=pools, date__in=days)
    return {
        (pool_id, day): windows_by_cell(spans)
        for pool_id, day, spans in plans.values_list("pool_id", "date", "spans")
    }
