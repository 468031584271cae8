"""The staff's day in numbers, each the length of a list that can be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from lishui_center.accounts.access import managed_centres, staffed_centres
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.dashboards.messages.access import messages_seen_by
from lishui_center.dashboards.today.halls import Hall, halls_now
from services.bookings.access import bookings_for_staff
from services.bookings.models import Booking, BookingQuerySet, Status
from services.centres.access import centres_staffed_by
from services.centres.models import Centre
from services.closing.access import unclosed_yesterday
from services.closures.access import closures_of_staff
from services.closures.models import ClosureQuerySet
from services.orphans.access import orphans_of_staff
from services.ratings.models import FollowUp, FollowUpState
from services.roster.access import rosters_kept_by
from services.roster.staffed import gaps_ahead
from services.slots.bands import EVENING, NOON, Band
from services.standing.models import AppealState, Suspension

NEXT_ARRIVALS = 8
FIRST_CASES = 5
STILL_EXPECTED = timedelta(minutes=15)

BANDS = {
    Band.MORNING: Q(start_cell__lt=NOON),
    Band.AFTERNOON: Q(start_cell__gte=NOON, start_cell__lt=EVENING),
    Band.EVENING: Q(start_cell__gte=EVENING),
}


@dataclass(frozen=True)
class CentreDay:
    """One centre's hall, and its bookings of the day: (band, number) in order, and all of them."""

    centre: Centre
    hall: Hall
    bands: tuple[tuple[Band, int], ...]
    total: int


@dataclass(frozen=True)
class BadRatings:
    """Cases of the dissatisfied that are not closed, how many overdue, and the first due."""

    open: int
    overdue: int
    first: list[FollowUp]


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


def centre_days(user: User, now: datetime) -> list[CentreDay]:
    """Today at each of the person's centres, the most urgent hall first.

    Cancelled bookings are left out. As many queries for one centre as for the whole town.
    """
    centres = list(centres_staffed_by(user, today(now)))
    ids = [centre.pk for centre in centres]
    rows = (
        Booking.objects.filter(centre__in=ids, date=today(now))
        .exclude(status=Status.CANCELLED)
        .order_by()
        .values("centre_id")
        .annotate(total=Count("pk"), **_band_counts())
    )
    counted = {row["centre_id"]: row for row in rows}
    halls = halls_now(ids, now)
    days = [
        _centre_day(centre, halls.get(centre.pk) or Hall(), counted.get(centre.pk))
        for centre in centres
    ]
    return sorted(days, key=lambda day: day.hall.urgency)


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


def bad_ratings(user: User, today: date) -> BadRatings:
    """The open cases of the centres that the person manages: two queries."""
    mine = managed_centres(user, today, field="rating__ticket__centre_id")
    cases = FollowUp.objects.filter(mine).exclude(state=FollowUpState.CLOSED)
    counted = cases.order_by().aggregate(
        open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today))
    )
    shown = cases.select_related("rating__ticket__centre", "rating__ticket__pool")
    return BadRatings(first=list(shown[:FIRST_CASES]), **counted)


def closures_ahead(user: User, now: datetime) -> ClosureQuerySet:
    """The closings of today and later at centres the person manages."""
    return closures_of_staff(user, today(now)).of_days_from(now)


def _band_counts() -> dict[str, Count]:
    return {str(band): Count("pk", filter=cells) for band, cells in BANDS.items()}


def _centre_day(centre: Centre, hall: Hall, row: Mapping[str, Any] | None) -> CentreDay:
    numbers = row or {}
    return CentreDay(
        centre=centre,
        hall=hall,
        bands=tuple((band, numbers.get(str(band), 0)) for band in Band),
        total=numbers.get("total", 0),
    )
