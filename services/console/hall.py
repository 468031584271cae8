"""A hall at one moment, as the front desk and its manager see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from lishui_center.common.clock import today
from services.centres.models import Centre, Pool
from services.console.screen import Waiting, waiting_line
from services.halls.access import hall_state, is_open
from services.tickets.models import Ticket, TicketState
from services.windows.models import WindowSession

MISSED = 20
SHOWN = 200


@dataclass(frozen=True)
class PoolQueue:
    """One pool: who waits, and how many windows call people."""

    pool: Pool
    lines: list[Waiting]
    waiting: int
    windows: int


@dataclass(frozen=True)
class Hall:
    """All queues, windows and missed numbers."""

    state: str
    is_open: bool
    queues: list[PoolQueue]
    sessions: list[WindowSession]
    at_window: dict[int, Ticket]
    missed: list[Ticket]

    @property
    def windows(self) -> list[tuple[WindowSession, Ticket | None]]:
        """Each occupied window with the person who is there."""
        return [(session, self.at_window.get(session.window_id)) for session in self.sessions]


def hall_of(centre: Centre, *, now: datetime) -> Hall:
    """The hall now; the number of queries does not depend on how many wait."""
    pools = list(Pool.objects.filter(centre=centre))
    in_queue = Ticket.objects.waiting_in(centre).for_queue().order_by("sort_at", "pk")
    lines: dict[int, list[Waiting]] = {}
    for ticket in in_queue[:SHOWN]:
        lines.setdefault(ticket.pool_id, []).append(waiting_line(ticket, now))
    counts = dict(
        Ticket.objects.waiting_in(centre).order_by().values_list("pool").annotate(Count("pk"))
    )
    sessions = list(WindowSession.objects.running().for_page().filter(window__centre=centre))
    serving = WindowSession.objects.serving_by_pool(centre)
    return Hall(
        state=hall_state(centre.pk, now),
        is_open=is_open(centre, now),
        queues=[
            PoolQueue(pool, lines.get(pool.pk, []), counts.get(pool.pk, 0), serving[pool.pk])
            for pool in pools
        ],
        sessions=sessions,
        at_window={
            ticket.window_id: ticket
            for ticket in Ticket.objects.live().at_windows().for_queue().filter(centre=centre)
            if ticket.window_id
        },
        missed=list(
            Ticket.objects.of_day(centre, today(now))
            .for_queue()
            .filter(state=TicketState.NO_SHOW, returns=0)
            .order_by("-ended_at")[:MISSED]
        ),
    )
