"""A clerk's window, who is at it, and the step that can be taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lishui_center.accounts.models import User
from services.console.errors import NobodyHereError, NoWindowError, PausedError
from services.tickets.models import Ticket, TicketEvent, TicketState
from services.tickets.steps import TicketMovedError
from services.windows.access import session_of
from services.windows.models import WindowSession

UNDO_FOR = timedelta(seconds=10)
UNDO_STEPS = 12
"""More than anybody does at a window in that time."""
UNDONE = "undone"


@dataclass(frozen=True)
class Seen:
    """The person at the window as the clerk's page showed them: a second tap does nothing."""

    ticket_id: int
    version: int


def serving_session(clerk: User) -> WindowSession:
    """Where the clerk calls from.

    Raises:
        NoWindowError, PausedError
    """
    session = session_of(clerk)
    if session is None:
        raise NoWindowError
    if not session.is_serving:
        raise PausedError
    return session


def present_at(
    clerk: User, seen: Seen | None, *states: TicketState
) -> tuple[WindowSession, Ticket]:
    """The clerk's window and who is at it, locked until the transaction ends.

    Raises:
        NoWindowError, NobodyHereError
        TicketMovedError: not as the clerk's page showed it.
    """
    session = session_of(clerk)
    if session is None:
        raise NoWindowError
    here = Ticket.objects.at_windows().filter(window=session.window_id, state__in=states)
    ticket = here.select_for_update(of=("self",), no_key=True).select_related("pool").first()
    if ticket is None:
        raise NobodyHereError
    if seen and (seen.ticket_id, seen.version) != (ticket.pk, ticket.version):
        raise TicketMovedError
    return session, ticket


def last_step(session: WindowSession, *, now: datetime) -> TicketEvent | None:
    """The clerk's latest step at this window that still stands, while it can be taken back.

    None as well when somebody else has done something with the ticket since.
    """
    taken_back, later = 0, dict[int, int]()
    # The newest along the index, and no condition that would make it read years of the window.
    at_window = TicketEvent.objects.filter(window=session.window_id).select_related("ticket")
    for event in at_window.order_by("-pk")[:UNDO_STEPS]:
        if event.actor_id != session.clerk_id or event.at <= now - UNDO_FOR:
            continue
        if event.kind == UNDONE:
            taken_back += 1
        elif taken_back:
            taken_back -= 1
        else:
            since = TicketEvent.objects.filter(
                ticket=event.ticket_id, version__gt=event.version
            ).count()
            return event if since == later.get(event.ticket_id, 0) else None
        later[event.ticket_id] = later.get(event.ticket_id, 0) + 1
    return None
