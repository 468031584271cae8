"""Who sees a ticket, where it stands, and what is known of the hall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import caches
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE, today
from services.centres.models import Centre, Pool
from services.tickets.models import Ticket, TicketState
from services.tickets.waits import Forecast, Served, forecast
from services.windows.models import WindowSession

# Enough to know a pool's pace, and few enough that the question never grows.
MEASURED = 200
MEASURED_DAYS = timedelta(days=30)
# A pool's pace is of a month: hundreds of phones need not read it for themselves.
VISITS_SECONDS = 60
LINE_SECONDS = 60


@dataclass(frozen=True)
class Line:
    """A pool's queue: {ticket: people before it}, and how many windows call from it."""

    places: Mapping[int, int]
    windows: int


@dataclass(frozen=True)
class Standing:
    """Where a waiting person is: people ahead, and the wait until the call."""

    ahead: int
    windows: int
    wait: Forecast | None


def get_ticket_by_link(secret: str) -> Ticket:
    """The ticket, or 404: a wrong link learns nothing."""
    tickets = Ticket.objects.select_related("centre", "pool", "window")
    return get_object_or_404(tickets, secret=secret)


def hall_of_link(secret: str) -> int:
    """The centre of the ticket, or 404. A ticket stays in its hall, so a process remembers it."""
    key = f"hall-of-{secret}"
    known: int | None = caches["process"].get(key)
    if known is None:
        known = Ticket.objects.filter(secret=secret).values_list("centre_id", flat=True).first()
        if known is None:
            raise Http404
        caches["process"].set(key, known, LINE_SECONDS)
    return known


def get_ticket_for_staff(user: User, pk: int, day: datetime) -> Ticket:
    """The ticket of a centre where the person works, or 404."""
    mine = Ticket.objects.for_queue().filter(staffed_centres(user, today(day)))
    return get_object_or_404(mine, pk=pk)


def standing_of(ticket: Ticket, *, state: str, now: datetime) -> Standing:
    """People ahead and the wait, at the hall's `state` (halls.access.hall_state)."""
    line = line_of(ticket.pool_id, state)
    ahead = line.places.get(ticket.pk, 0)
    return Standing(
        ahead, line.windows, expected_wait(ticket.pool_id, ahead, line.windows, now=now)
    )


def line_of(pool_id: int, state: str) -> Line:
    """The queue at that state of the hall: two queries, once for all who look from a process.

    After a call a hundred phones ask at the same moment, each for its own place in one queue. The
    state was read before, so what is kept under it is never older than it.
    """
    key = f"line-{pool_id}-{state}"
    line: Line | None = caches["process"].get(key)
    if line is None:
        waiting = Ticket.objects.waiting([pool_id]).values_list("pk", flat=True)
        serving = WindowSession.objects.serving().filter(window__pool=pool_id)
        line = Line({pk: ahead for ahead, pk in enumerate(waiting)}, serving.count())
        caches["process"].set(key, line, LINE_SECONDS)
    return line


def expected_wait(pool_id: int, ahead: int, windows: int, *, now: datetime) -> Forecast | None:
    """The wait behind so many people; None while no window of the pool is open."""
    if not windows:
        return None
    key = f"visits-{pool_id}"
    visits: list[Served] | None = caches["process"].get(key)
    if visits is None:
        visits = recent_visits(pool_id, now=now)
        caches["process"].set(key, visits, VISITS_SECONDS)
    return forecast(
        visits,
        hour=now.astimezone(ZONE).hour,
        ahead=ahead,
        windows=windows,
    )


def recent_visits(pool_id: int, *, now: datetime) -> list[Served]:
    """The pool's last finished visits: one query along an index."""
    done = (
        Ticket.objects.filter(
            pool=pool_id,
            state=TicketState.DONE,
            ended_at__gt=now - MEASURED_DAYS,
        )
        .order_by("-ended_at")
        .annotate(took=F("ended_at") - F("started_at"))
        .values_list("started_at", "took")
    )
    return [
        Served(started.astimezone(ZONE).hour, took.total_seconds() / 60)
        for started, took in done[:MEASURED]
        if started and took
    ]


def pools_with_queue(centre: Centre) -> list[Pool]:
    """The pools of the hall, in the order of their letters."""
    return list(Pool.objects.filter(centre=centre))
