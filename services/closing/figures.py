"""What a day came to: counted from its tickets, bookings, ratings and opening."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from services.bookings.models import Booking, Status
from services.closing import rules
from services.hours.models import DayPlan
from services.ratings.models import Rating, Score
from services.tickets.models import Ticket, TicketState


@dataclass(frozen=True)
class DayRows:
    """What one day left in the database: all that its figures follow from.

    `planned` is how many windows were to be open in each hour: {hour: windows}.
    """

    tickets: Sequence[Ticket]
    bookings: Mapping[str, int]
    ratings: Mapping[Score, int]
    planned: Mapping[int, int] = field(default_factory=dict)


def figures_of(centre_ids: Collection[int], day: date) -> dict[str, Any]:
    """The figures of these centres together, as DayClose keeps them: four queries."""
    bookings = Booking.objects.filter(centre__in=centre_ids, date=day).order_by()
    ratings = Rating.objects.filter(ticket__centre__in=centre_ids).of_days(day, day)
    plans = DayPlan.objects.filter(pool__centre__in=centre_ids, date=day).order_by()
    return summarise(
        DayRows(
            tickets=list(Ticket.objects.filter(centre__in=centre_ids, date=day).order_by()),
            bookings=dict(bookings.values_list("status").annotate(Count("pk"))),
            ratings=ratings.by_score(),
            planned=rules.windows_by_hour(plans.values_list("spans", flat=True)),
        )
    )


def summarise(rows: DayRows) -> dict[str, Any]:
    """The figures that follow from a day's rows; no query."""
    states = Counter(ticket.state for ticket in rows.tickets)
    waits = [wait for wait in map(_waited, rows.tickets) if wait is not None]
    services = [took for took in map(_took, rows.tickets) if took is not None]
    return {
        "tickets": {state.value: states[state] for state in TicketState},
        "bookings": {status.value: rows.bookings.get(status, 0) for status in Status},
        "no_shows": rows.bookings.get(Status.NO_SHOW, 0),
        "waits": rules.spread(waits),
        "services": rules.spread(services),
        "evening": sum(rules.is_evening(ticket.taken_at) for ticket in rows.tickets),
        "ratings": {str(score.value): rows.ratings.get(score, 0) for score in Score},
        "hours": _hours(rows),
        "forecast": _forecast(rows.tickets),
    }


def _hours(rows: DayRows) -> dict[str, dict[str, Any]]:
    """What each hour saw: {hour: figures}, all of which add up over days.

    `taken` numbers, with their `waits`; `services` that began, both as {minutes: people};
    windows `used`, and those `planned` to be open.
    """
    taken = Counter(rules.hour_of(ticket.taken_at) for ticket in rows.tickets)
    waits: dict[int, list[float]] = defaultdict(list)
    services: dict[int, list[float]] = defaultdict(list)
    for ticket in rows.tickets:
        waited, took = _waited(ticket), _took(ticket)
        if waited is not None:
            waits[rules.hour_of(ticket.taken_at)].append(waited)
        if took is not None and ticket.started_at:
            services[rules.hour_of(ticket.started_at)].append(took)
    used = _windows_used(rows.tickets)
    return {
        str(hour): {
            "taken": taken[hour],
            "waits": rules.histogram(waits[hour]),
            "services": rules.histogram(services[hour]),
            "used": len(used.get(hour, ())),
            "planned": rows.planned.get(hour, 0),
        }
        for hour in sorted({*taken, *services, *used, *rows.planned})
    }


def _windows_used(tickets: Iterable[Ticket]) -> dict[int, set[int]]:
    """At which windows somebody was served: {hour: {window id}}."""
    used: dict[int, set[int]] = defaultdict(set)
    for ticket in tickets:
        if ticket.window_id and ticket.started_at:
            for hour in rules.hours_touched(ticket.started_at, ticket.ended_at):
                used[hour].add(ticket.window_id)
    return used


def _forecast(tickets: Iterable[Ticket]) -> dict[str, Any]:
    """How the wait that was told compares with the one that came.

    `within`: called no later than nine in ten were to be; `errors`: minutes beyond the half.
    """
    told = [
        (waited, ticket.forecast_p50, ticket.forecast_p90)
        for ticket in tickets
        if ticket.forecast_p50 is not None and ticket.forecast_p90 is not None
        for waited in [_waited(ticket)]
        if waited is not None
    ]
    return {
        "people": len(told),
        "within": sum(waited <= most for waited, _, most in told),
        "errors": rules.histogram(waited - half for waited, half, _ in told),
    }


def _waited(ticket: Ticket) -> float | None:
    return ticket.waited_minutes


def _took(ticket: Ticket) -> float | None:
    """Minutes at the window, of visits that were finished."""
    if ticket.state != TicketState.DONE or not (ticket.started_at and ticket.ended_at):
        return None
    return (ticket.ended_at - ticket.started_at).total_seconds() / 60
