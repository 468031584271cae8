"""What the console shows: who is at the window, who comes next and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lishui_center.common.clock import today
from lishui_center.common.dates import clock
from services.catalogue.access import items_of_pool
from services.catalogue.models import RequiredDocument, ServiceItem
from services.console.access import last_step
from services.console.actions import MOST_CALLS
from services.halls.access import hall_state
from services.notices.rules import LineOutcome
from services.tickets.models import (
    Source,
    Ticket,
    TicketEvent,
    TicketItem,
    TicketState,
)
from services.tickets.rules import PRIORITY_AHEAD
from services.windows.models import WindowSession

SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """A line of the queue: the ticket, its minutes of waiting, and why it stands here."""

    ticket: Ticket
    minutes: int
    why: str


@dataclass(frozen=True)
class Line:
    """A service of the visit with what was said of it: (document, whether it is missing), …."""

    item: ServiceItem
    outcome: str
    documents: list[tuple[RequiredDocument, bool]]
    other: str
    choices = TicketItem.Outcome.choices


@dataclass(frozen=True)
class Console:
    """One window at one moment."""

    session: WindowSession
    state: str
    present: Ticket | None
    lines: list[Line]
    more_items: list[ServiceItem]
    queue: list[Waiting]
    waiting: int
    held: list[Ticket]
    done_today: int
    last_step: TicketEvent | None

    @property
    def is_called_out(self) -> bool:
        """Whether the person at the window was called as often as may be."""
        return bool(self.present and self.present.calls >= MOST_CALLS)

    @property
    def is_idle(self) -> bool:
        """Whether there is nobody to call."""
        return not self.queue

    @property
    def is_called(self) -> bool:
        return bool(self.present and self.present.state == TicketState.CALLED)


def console_of(
    session: WindowSession, *, now: datetime, said: Mapping[int, LineOutcome] | None = None
) -> Console:
    """All that the window's page shows; the number of queries does not depend on the queue.

    `said` are outcomes that the clerk has filled in and not yet saved, {item id: outcome}.
    """
    window, day = session.window, today(now)
    present = Ticket.objects.at_windows().for_queue().filter(window=window).first()
    lines = _lines(present, said or {}) if present else []
    queue = Ticket.objects.waiting([window.pool_id]).select_related("booking")
    held = Ticket.objects.live().filter(centre=window.centre_id, pool=window.pool_id)
    return Console(
        session=session,
        state=hall_state(window.centre_id, now),
        present=present,
        lines=lines,
        more_items=_more_items(session, lines) if present else [],
        queue=[waiting_line(ticket, now) for ticket in queue[:SHOWN]],
        waiting=queue.count(),
        held=list(held.filter(state=TicketState.HELD, date=day)[:SHOWN]),
        done_today=_done_at(session, day),
        last_step=last_step(session, now=now),
    )


def why_here(ticket: Ticket) -> str:
    """Why the ticket stands where it does, in a sentence for the clerk and the visitor."""
    if ticket.returns:
        return _("Missed the call and came back behind the next two.")
    minutes = round(PRIORITY_AHEAD.total_seconds() / 60)
    facts = {"time": clock(ticket.taken_at), "minutes": minutes}
    if ticket.booking:
        facts["slot"] = clock(ticket.booking.starts_at)
        if ticket.taken_at > ticket.booking.starts_at:
            return _("Booked %(slot)s, arrived %(time)s.") % facts
        return _("Booked %(slot)s: counts from 10 minutes before.") % facts
    if ticket.has_priority:
        return _("Arrived %(time)s, priority: counts %(minutes)s minutes earlier.") % facts
    if ticket.source == Source.REMOTE:
        return _("Taken by phone at %(time)s: counts from when they said to be here.") % facts
    return _("Arrived %(time)s.") % facts


def waiting_line(ticket: Ticket, now: datetime) -> Waiting:
    """The ticket as the queue shows it."""
    minutes = max(0, round((now - ticket.taken_at).total_seconds() / 60))
    return Waiting(ticket, minutes, why_here(ticket))


def _lines(ticket: Ticket, said: Mapping[int, LineOutcome]) -> list[Line]:
    rows = ticket.items.select_related("item").prefetch_related("item__documents", "missing")
    return [_line(row, said.get(row.item_id)) for row in rows]


def _line(row: TicketItem, said: LineOutcome | None) -> Line:
    """The service as it was filled in on the page, or else as it is stored."""
    documents = list(row.item.documents.all())
    if said:
        missing = {document.pk for document in documents if document.pk in said.documents}
        return Line(row.item, said.outcome, _marked(documents, missing), said.other)
    named = {document.name_zh for document in row.missing.all()}
    missing = {document.pk for document in documents if document.name_zh in named}
    other = named - {document.name_zh for document in documents}
    outcome = row.outcome or TicketItem.Outcome.RESOLVED
    return Line(row.item, outcome, _marked(documents, missing), "".join(other))


def _marked(
    documents: list[RequiredDocument], missing: set[int]
) -> list[tuple[RequiredDocument, bool]]:
    return [(document, document.pk in missing) for document in documents]


def _more_items(session: WindowSession, lines: list[Line]) -> list[ServiceItem]:
    """What else the window's group handles."""
    here = {line.item.pk for line in lines}
    return [item for item in items_of_pool(session.window.pool_id) if item.pk not in here]


def _done_at(session: WindowSession, day: date) -> int:
    # The day is looked up by its centre: no index leads from a window to what is over.
    of_day = Ticket.objects.of_day(session.window.centre, day)
    return of_day.filter(window=session.window, state=TicketState.DONE).count()
