"""The demo's days that are over, closed as the evening's task would have closed them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count

from lishui_center.common.clock import moment, today
from services.bookings.models import Booking
from services.closing.figures import DayRows, summarise
from services.closing.models import DayClose
from services.closing.rules import CLOSED_AFTER
from services.hours.models import DayPlan
from services.ratings.models import Score
from services.slots.actions import remove_claims_of_day
from services.tickets.models import Ticket

CentreDay = tuple[int, date]


class DayCloser:
    """Closes day after day from the rows at hand: no queries for each day."""

    def __init__(self, first: date, now: datetime) -> None:
        self._now = now
        self._closes = _closing_times(first, today(now))
        self._bookings = _bookings(first, today(now))

    def close(self, day: date, tickets: Iterable[Ticket], ratings: "Ratings") -> None:
        """Freeze the figures of all centres whose day is over."""
        by_centre: dict[int, list[Ticket]] = defaultdict(list)
        for ticket in tickets:
            by_centre[ticket.centre_id].append(ticket)
        closed = []
        for (centre_id, its_day), closes in self._closes.items():
            if its_day != day or closes + CLOSED_AFTER > self._now:
                continue
            rows = DayRows(
                tickets=by_centre[centre_id],
                bookings=self._bookings[centre_id, day],
                ratings=ratings.get((centre_id, day), {}),
            )
            closed.append(
                DayClose(
                    centre_id=centre_id,
                    date=day,
                    closed_at=closes + CLOSED_AFTER,
                    figures=summarise(rows),
                )
            )
        DayClose.objects.bulk_create(closed)
        if day == today(self._now):
            for row in closed:
                remove_claims_of_day(centre_id=row.centre_id, day=day)


Ratings = Mapping[CentreDay, Mapping[Score, int]]


def _closing_times(first: date, last: date) -> dict[CentreDay, datetime]:
    """When each centre's day ended: {(centre, day): moment}; closed days are left out."""
    ends: dict[CentreDay, int] = {}
    plans = DayPlan.objects.filter(date__range=(first, last))
    for centre_id, day, spans in plans.values_list("pool__centre", "date", "spans"):
        if spans:
            ends[centre_id, day] = max(spans[-1][1], ends.get((centre_id, day), 0))
    return {key: moment(key[1], end) for key, end in sorted(ends.items())}


def _bookings(first: date, last: date) -> dict[CentreDay, dict[str, int]]:
    """How the bookings of each centre's day ended: one query."""
    counted = Booking.objects.filter(date__range=(first, last)).order_by()
    found: dict[CentreDay, dict[str, int]] = defaultdict(dict)
    for centre_id, day, status, count in counted.values_list("centre", "date", "status").annotate(
        Count("pk")
    ):
        found[centre_id, day][status] = count
    return found
