"""The staff's day in numbers, each the length of a list that can be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.dashboards.messages.access import messages_seen_by
from services.bookings.access import bookings_for_staff
from services.bookings.models import Booking, BookingQuerySet, Status
from services.centres.access import centres_staffed_by
from services.centres.models import Centre
from services.closing.access import unclosed_yesterday
from services.closures.access import closures_of_staff
from services.closures.models import ClosureQuerySet
from services.orphans.access import orphans_of_staff
from services.roster.access import rosters_kept_by
from services.roster.staffed import gaps_ahead
from services.slots.bands import EVENING, NOON, Band
from services.standing.models import AppealState, Suspension

NEXT_ARRIVALS = 8
STILL_EXPECTED = timedelta(minutes=15)

BANDS = {
    Band.MORNING: Q(start_cell__lt=NOON),
    Band.AFTERNOON: Q(start_cell__gte=NOON, start_cell__lt=EVENING),
    Band.EVENING: Q(start_cell__gte=EVENING),
}


@dataclass(frozen=True)
class CentreDay:
    """One centre's bookings of the day: (band, number) in order, and all of them."""

    centre: Centre
    bands: tuple[tuple[Band, int], ...]
    total: int


@dataclass(frozen=True)
class Attention:
    """What waits for somebody: orphans, failed messages, open appeals, gaps in rosters.

    `gaps` are those of the coming seven days at the centres the person manages, `unclosed` the
    centres whose yesterday is not closed.
    """

    orphans: int
    failed_messages: int
    appeals: int
    gaps: int
    unclosed: list[Centre]


def centre_days(user: User, day: date) -> list[CentreDay]:
    """The bookings of the day at each of the person's centres, cancelled ones left out."""
    rows = (
        Booking.objects.filter(staffed_centres(user, day), date=day)
        .exclude(status=Status.CANCELLED)
        .order_by()
        .values("centre_id")
        .annotate(total=Count("pk"), **_band_counts())
    )
    counted = {row["centre_id"]: row for row in rows}
    return [_centre_day(centre, counted.get(centre.pk)) for centre in centres_staffed_by(user, day)]


def totals(days: Sequence[CentreDay]) -> list[tuple[Band, int]]:
    """All centres together: (band, number) in order."""
    return [(band, sum(dict(day.bands)[band] for day in days)) for band in Band]


def next_arrivals(user: User, now: datetime) -> BookingQuerySet:
    """Who is expected next, also those a few minutes late."""
    found = bookings_for_staff(user, today(now)).filter(
        date=today(now), status=Status.BOOKED, starts_at__gte=now - STILL_EXPECTED
    )
    return found.order_by("starts_at", "pk")[:NEXT_ARRIVALS]


def attention(user: User, now: datetime) -> Attention:
    """What the person should look at first."""
    day = today(now)
    appeals = Suspension.objects.filter(staffed_centres(user, day), appeal=AppealState.OPEN)
    return Attention(
        orphans=len(orphans_of_staff(user, now=now)),
        failed_messages=messages_seen_by(user, day).resendable().count(),
        appeals=appeals.count(),
        gaps=len(gaps_ahead(rosters_kept_by(user, day), now=now)),
        unclosed=unclosed_yesterday(user, now),
    )


def closures_ahead(user: User, now: datetime) -> ClosureQuerySet:
    """The closings of today and later at centres the person manages."""
    return closures_of_staff(user, today(now)).of_days_from(now)


def _band_counts() -> dict[str, Count]:
    return {str(band): Count("pk", filter=cells) for band, cells in BANDS.items()}


def _centre_day(centre: Centre, row: Mapping[str, Any] | None) -> CentreDay:
    numbers = row or {}
    return CentreDay(
        centre=centre,
        bands=tuple((band, numbers.get(str(band), 0)) for band in Band),
        total=numbers.get("total", 0),
    )
