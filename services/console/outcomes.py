"""What becomes of the person at the window: finished, sent on, held, brought back, undone."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.bookings.models import Booking, Status
from services.centres.models import Pool, Window
from services.console.access import UNDO_FOR, Seen, last_step, present_at
from services.console.actions import call_first
from services.console.errors import NobodyWaitsError, NothingToUndoError, TargetClosedError
from services.notices.actions import note_outcomes
from services.notices.messages import tell_missing
from services.notices.rules import LineOutcome
from services.ratings.messages import ask_rating
from services.tickets import rules
from services.tickets.actions import lock_ticket
from services.tickets.errors import ReturnedBeforeError, TicketOverError
from services.tickets.models import AT_WINDOW, Ticket, TicketState
from services.tickets.steps import TicketMovedError, step, touch, undo_step
from services.windows.access import session_of
from services.windows.models import WindowSession


@transaction.atomic
def finish(
    *,
    clerk: User,
    now: datetime,
    seen: Seen | None = None,
    outcomes: Mapping[int, LineOutcome] | None = None,
) -> Ticket:
    """The visit is over; `outcomes` are {item id: outcome}, resolved where nothing is said.

    Raises:
        NobodyHereError, TicketMovedError, NothingNamedError
    """
    session, ticket = present_at(clerk, seen, *AT_WINDOW)
    return _finish(ticket, session, now=now, outcomes=outcomes)


@retry_on_conflict
@transaction.atomic
def finish_and_call(
    *,
    clerk: User,
    now: datetime,
    seen: Seen | None = None,
    outcomes: Mapping[int, LineOutcome] | None = None,
) -> Ticket | None:
    """End the visit and call the next, in one; None when nobody waits.

    Raises:
        NobodyHereError, TicketMovedError, PausedError, NothingNamedError: nobody was called.
    """
    session, ticket = present_at(clerk, seen, *AT_WINDOW)
    _finish(ticket, session, now=now, outcomes=outcomes, is_last=False)
    try:
        return call_first(session, now=now)
    except NobodyWaitsError:
        touch(ticket.centre_id)
        return None


def _finish(
    ticket: Ticket,
    session: WindowSession,
    *,
    now: datetime,
    outcomes: Mapping[int, LineOutcome] | None,
    is_last: bool = True,
) -> Ticket:
    """End the visit of the person who is at the window of the session."""
    if note_outcomes(ticket=ticket, said=outcomes or {}, actor=session.clerk):
        tell_missing(ticket, now=now)
    if ticket.booking_id:
        Booking.objects.filter(pk=ticket.booking_id, status=Status.CHECKED_IN).update(
            status=Status.DONE
        )
    ask_rating(ticket, now=now)
    return step(
        ticket,
        "finished",
        now=now,
        actor=session.clerk,
        window=session.window,
        is_last=is_last,
        state=TicketState.DONE,
        started_at=ticket.started_at or ticket.called_at,
        ended_at=now,
    )


@transaction.atomic
def put_on_hold(*, clerk: User, now: datetime, seen: Seen | None = None) -> Ticket:
    """The person fetches something: the window is free, the number stays known.

    Raises:
        NobodyHereError, TicketMovedError
    """
    session, ticket = present_at(clerk, seen, *AT_WINDOW)
    return step(
        ticket,
        "held",
        now=now,
        actor=clerk,
        window=session.window,
        state=TicketState.HELD,
        window_id=None,
    )


@transaction.atomic
def transfer(
    *,
    clerk: User,
    now: datetime,
    seen: Seen | None = None,
    pool: Pool | None = None,
    window: Window | None = None,
) -> Ticket:
    """Send the person to another pool, or straight to another window; the place is kept.

    Raises:
        NobodyHereError, TicketMovedError, TargetClosedError
    """
    session, ticket = present_at(clerk, seen, *AT_WINDOW)
    if window is not None:
        target = WindowSession.objects.serving().filter(window=window).exists()
        if not target or window.pk == session.window_id:
            raise TargetClosedError(number=window.number)
        pool = window.pool
    if pool is None or pool.centre_id != ticket.centre_id:
        raise TicketMovedError
    return step(
        ticket,
        "transferred",
        now=now,
        actor=clerk,
        window=session.window,
        state=TicketState.WAITING,
        pool_id=pool.pk,
        window_id=None,
        calls=0,
    )


@transaction.atomic
def bring_back(*, ticket_id: int, actor: User, now: datetime) -> Ticket:
    """Who missed the call is here after all: behind the next two, once.

    Raises:
        TicketOverError, ReturnedBeforeError
    """
    ticket = lock_ticket(ticket_id)
    if ticket.state != TicketState.NO_SHOW or ticket.date != today(now):
        raise TicketOverError
    if ticket.returns:
        raise ReturnedBeforeError
    queue = Ticket.objects.waiting([ticket.pool_id]).values_list("sort_at", flat=True)
    return step(
        ticket,
        "returned",
        now=now,
        actor=actor,
        state=TicketState.WAITING,
        window_id=None,
        sort_at=rules.return_key(list(queue[: rules.RETURNS_BEHIND]), now),
        calls=0,
        returns=ticket.returns + 1,
        ended_at=None,
    )


@transaction.atomic
def undo(*, clerk: User, now: datetime, step_id: int | None = None) -> Ticket:
    """Take back the clerk's last step, within ten seconds; again for the one before.

    `step_id` is the step that the page offered to take back: a second tap does nothing more.

    Raises:
        NothingToUndoError: too late, or somebody else did something with the ticket since.
    """
    refusal = NothingToUndoError(seconds=round(UNDO_FOR.total_seconds()))
    session = session_of(clerk)
    last = last_step(session, now=now) if session else None
    if last is None or step_id not in (None, last.pk):
        raise refusal
    ticket = lock_ticket(last.ticket_id)
    was_done = ticket.state == TicketState.DONE
    try:
        with transaction.atomic():
            undo_step(ticket, last, now=now, actor=clerk)
    except (TicketMovedError, IntegrityError):
        raise refusal from None
    if was_done and ticket.booking_id:
        Booking.objects.filter(pk=ticket.booking_id, status=Status.DONE).update(
            status=Status.CHECKED_IN
        )
    return ticket
