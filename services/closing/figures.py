"""What a day came to: counted from its tickets, bookings and ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from services.bookings.models import Booking, Status
from services.centres.models import Centre
from services.closing import rules
from services.ratings.models import Rating, Score
from services.tickets.models import Ticket, TicketState


@dataclass(frozen=True)
class DayRows:
    """What one day of one centre left in the database: all that its figures follow from."""

    tickets: Sequence[Ticket]
    bookings: Mapping[str, int]
    ratings: Mapping[Score, int]


def figures_of(centre: Centre, day: date) -> dict[str, Any]:
    """The figures as DayClose keeps them: three queries."""
    bookings = Booking.objects.filter(centre=centre, date=day).order_by()
    ratings = Rating.objects.filter(ticket__centre=centre).of_days(day, day)
    return summarise(
        DayRows(
            tickets=list(Ticket.objects.of_day(centre, day)),
            bookings=dict(bookings.values_list("status").annotate(Count("pk"))),
            ratings=ratings.by_score(),
        )
    )


def summarise(rows: DayRows) -> dict[str, Any]:
    """The figures that follow from a day's rows; no query."""
    states = [ticket.state for ticket in rows.tickets]
    waits = [wait for wait in map(_waited, rows.tickets) if wait is not None]
    services = [took for took in map(_took, rows.tickets) if took is not None]
    return {
        "tickets": {state.value: states.count(state) for state in TicketState},
        "bookings": {status.value: rows.bookings.get(status, 0) for status in Status},
        "no_shows": rows.bookings.get(Status.NO_SHOW, 0),
        "waits": rules.spread(waits),
        "services": rules.spread(services),
        "evening": sum(rules.is_evening(ticket.taken_at) for ticket in rows.tickets),
        "ratings": {str(score.value): rows.ratings.get(score, 0) for score in Score},
    }


def _waited(ticket: Ticket) -> float | None:
    return ticket.waited_minutes


def _took(ticket: Ticket) -> float | None:
    """Minutes at the window, of visits that were finished."""
    if ticket.state != TicketState.DONE or not (ticket.started_at and ticket.ended_at):
        return None
    return (ticket.ended_at - ticket.started_at).total_seconds() / 60
