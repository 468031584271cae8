"""How a queue passes: windows call the first in line, and a wait follows from who came before.

Plain values in, tickets with their times out; no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from lishui_center.common.clock import ZONE
from services.centres.models import Window
from services.tickets import rules
from services.tickets.models import Ticket, TicketState
from services.tickets.waits import forecast

COMES = timedelta(seconds=40)
"""From the call to the chair."""

THREE_CALLS = timedelta(seconds=75)
MOST_CALLS = 3
BACK_AFTER = timedelta(minutes=5)
"""How long it takes somebody to notice the missed call and go to the front desk."""


@dataclass
class Visit:
    """Somebody who took the number, with what nobody in the hall knows yet."""

    ticket: Ticket
    lasts: timedelta
    patience: timedelta = timedelta(hours=3)
    misses: bool = False
    comes_back: bool = False

    def call(self, window: Window, now: datetime) -> datetime:
        """What follows from being called to the window, and when the window is free again."""
        ticket = self.ticket
        if now > ticket.taken_at + self.patience:
            ticket.state, ticket.ended_at = TicketState.LEFT, ticket.taken_at + self.patience
            return now
        ticket.window, ticket.calls, ticket.called_at = window, 1, now
        if self.misses:
            ticket.calls, ticket.called_at = MOST_CALLS, now + THREE_CALLS
            ticket.state, ticket.ended_at = TicketState.NO_SHOW, now + THREE_CALLS + COMES
            return ticket.ended_at
        ticket.state = TicketState.DONE
        ticket.started_at = now + COMES
        ticket.ended_at = ticket.started_at + self.lasts
        return ticket.ended_at


class Queue:
    """One pool from opening to closing: its windows, and who waits for them."""

    def __init__(self, windows: Sequence[Window], opens: datetime) -> None:
        self._windows = windows
        self._free = [(opens, place) for place in range(len(windows))]
        self._waiting: list[tuple[int, int, datetime, Visit]] = []
        self._entered = 0
        heapify(self._free)

    def pass_by(self, visits: Iterable[Visit], *, closes: datetime) -> None:
        """Let all come, in the order of their numbers, and serve them to the last."""
        for visit in visits:
            self._serve(until=visit.ticket.taken_at)
            self._foresee(visit.ticket)
            self._enter(visit, visit.ticket.sort_at, visit.ticket.taken_at)
        self._serve(until=closes + timedelta(days=1))

    def _serve(self, *, until: datetime) -> None:
        while self._waiting and self._free[0][0] <= until:
            free_at, place = heappop(self._free)
            _key, _order, ready_at, visit = heappop(self._waiting)
            free_at = visit.call(self._windows[place], max(free_at, ready_at))
            heappush(self._free, (free_at, place))
            if visit.ticket.state == TicketState.NO_SHOW and visit.comes_back:
                self._bring_back(visit, free_at + BACK_AFTER)

    def _bring_back(self, visit: Visit, now: datetime) -> None:
        """At the front desk the number is given back its place, once."""
        visit.misses, visit.ticket.returns = False, 1
        first_two = sorted(key for key, *_ in self._waiting)[: rules.RETURNS_BEHIND]
        self._enter(visit, rules.return_key(first_two, now), now)

    def _enter(self, visit: Visit, key: int, ready_at: datetime) -> None:
        self._entered += 1
        visit.ticket.sort_at = key
        heappush(self._waiting, (key, self._entered, ready_at, visit))

    def _foresee(self, ticket: Ticket) -> None:
        """What the kiosk would have said: reckoned as it is there, before the hall is known."""
        ahead = sum(key <= ticket.sort_at for key, *_ in self._waiting)
        hour = ticket.taken_at.astimezone(ZONE).hour
        wait = forecast([], hour=hour, ahead=ahead, windows=len(self._windows))
        ticket.forecast_p50, ticket.forecast_p90 = wait.p50, wait.p90
