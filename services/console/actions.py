"""Calling people to a window.

Who is called is decided by the database: a ticket changes only from the version that was read,
and one window has one person at a time, by constraint.
"""

from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.common.retries import retry_on_conflict
from services.centres.models import Window
from services.console.access import Seen, present_at, serving_session
from services.console.errors import (
    CalledOftenError,
    NobodyWaitsError,
    PausedError,
    WindowBusyError,
)
from services.tickets.actions import lock_ticket
from services.tickets.errors import TicketOverError
from services.tickets.messages import tell_soon
from services.tickets.models import Ticket, TicketState
from services.tickets.steps import step
from services.windows.models import WindowSession

MOST_CALLS = 3


@retry_on_conflict
@transaction.atomic
def call_next(*, clerk: User, now: datetime) -> Ticket:
    """Call the first of the queue to the clerk's window.

    Raises:
        NoWindowError, PausedError, WindowBusyError, NobodyWaitsError
    """
    session = serving_session(clerk)
    _check_free(session.window)
    return call_first(session, now=now)


def call_first(session: WindowSession, *, now: datetime) -> Ticket:
    """Call the first of the queue whom nobody else is calling at this moment, to a free window.

    PostgreSQL skips their rows instead of waiting for them; SQLite lets in one clerk at a time.
    In the caller's transaction.

    Raises:
        PausedError, NobodyWaitsError
        IntegrityError: somebody is at the window.
    """
    if not session.is_serving:
        raise PausedError
    queue = Ticket.objects.waiting([session.window.pool_id]).select_related("pool")
    first = queue.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if first is None:
        raise NobodyWaitsError
    return _call(first, session, now)


@retry_on_conflict
@transaction.atomic
def call_ticket(*, clerk: User, ticket_id: int, now: datetime) -> Ticket:
    """Call this one out of turn, or back from being on hold.

    Raises:
        NoWindowError, PausedError, WindowBusyError, TicketOverError
    """
    session = serving_session(clerk)
    _check_free(session.window)
    ticket = lock_ticket(ticket_id)
    is_of_hall = ticket.centre_id == session.window.centre_id
    if not is_of_hall or ticket.state not in (TicketState.WAITING, TicketState.HELD):
        raise TicketOverError
    return _call(ticket, session, now)


@transaction.atomic
def recall(*, clerk: User, now: datetime, seen: Seen | None = None) -> Ticket:
    """Call the same person once more, three times in all.

    Raises:
        NobodyHereError, TicketMovedError, CalledOftenError
    """
    session, ticket = present_at(clerk, seen, TicketState.CALLED)
    if ticket.calls >= MOST_CALLS:
        raise CalledOftenError(number=ticket.text)
    return step(
        ticket,
        "recalled",
        now=now,
        actor=clerk,
        window=session.window,
        calls=ticket.calls + 1,
        called_at=now,
    )


@transaction.atomic
def begin(*, clerk: User, now: datetime, seen: Seen | None = None) -> Ticket:
    """The person has come to the window.

    Raises:
        NobodyHereError, TicketMovedError
    """
    session, ticket = present_at(clerk, seen, TicketState.CALLED)
    return step(
        ticket,
        "begun",
        now=now,
        actor=clerk,
        window=session.window,
        state=TicketState.SERVING,
        started_at=ticket.started_at or now,
    )


@transaction.atomic
def miss(*, clerk: User, now: datetime, seen: Seen | None = None) -> Ticket:
    """Nobody came to the call; the number may come back once, at the front desk.

    Raises:
        NobodyHereError, TicketMovedError
    """
    session, ticket = present_at(clerk, seen, TicketState.CALLED)
    return step(
        ticket,
        "missed",
        now=now,
        actor=clerk,
        window=session.window,
        state=TicketState.NO_SHOW,
        ended_at=now,
    )


def _check_free(window: Window) -> None:
    present = Ticket.objects.at_windows().filter(window=window).first()
    if present:
        raise WindowBusyError(number=present.text)


def _call(ticket: Ticket, session: WindowSession, now: datetime) -> Ticket:
    called = step(
        ticket,
        "called",
        now=now,
        actor=session.clerk,
        window=session.window,
        state=TicketState.CALLED,
        window_id=session.window_id,
        calls=1,
        called_at=now,
        ended_at=None,
    )
    tell_soon(called.pool_id, now=now)
    return called
