"""What a day came to: counted from its tickets, bookings and ratings."""

from datetime import date
from typing import Any

from django.db.models import Count

from services.bookings.models import Booking, Status
from services.centres.models import Centre
from services.closing import rules
from services.ratings.models import Rating
from services.tickets.models import Ticket, TicketState


def figures_of(centre: Centre, day: date) -> dict[str, Any]:
    """The figures as DayClose keeps them: three queries."""
    tickets = list(Ticket.objects.of_day(centre, day))
    bookings = dict(
        Booking.objects.filter(centre=centre, date=day)
        .order_by()
        .values_list("status")
        .annotate(Count("pk"))
    )
    ratings = Rating.objects.filter(ticket__centre=centre).of_days(day, day).by_score()
    states = [ticket.state for ticket in tickets]
    return {
        "tickets": {state.value: states.count(state) for state in TicketState},
        "bookings": {status.value: bookings.get(status, 0) for status in Status},
        "no_shows": bookings.get(Status.NO_SHOW, 0),
        "waits": rules.spread([wait for wait in map(_waited, tickets) if wait is not None]),
        "services": rules.spread([took for took in map(_took, tickets) if took is not None]),
        "evening": sum(rules.is_evening(ticket.taken_at) for ticket in tickets),
        "ratings": {str(score.value): number for score, number in ratings.items()},
    }


def _waited(ticket: Ticket) -> float | None:
    return ticket.waited_minutes


def _took(ticket: Ticket) -> float | None:
    """Minutes at the window, of visits that were finished."""
    if ticket.state != TicketState.DONE or not (ticket.started_at and ticket.ended_at):
        return None
    return (ticket.ended_at - ticket.started_at).total_seconds() / 60
