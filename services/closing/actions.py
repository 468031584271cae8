"""Closing a day: nothing stays open that nobody will come back to, and the figures are frozen."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from lishui_center.audit.actions import record
from lishui_center.common.clock import CELLS_PER_DAY, moment
from lishui_center.common.errors import RuleError
from lishui_center.common.retries import retry_on_conflict
from services.attendance.actions import miss_after_closing
from services.bookings.models import Booking, Status
from services.centres.models import Centre
from services.closing import rules
from services.closing.access import closing_time, due_days
from services.closing.errors import DayNotOverError
from services.closing.figures import figures_of
from services.closing.models import DayClose
from services.slots.actions import remove_claims_of_day
from services.tickets.actions import lock_ticket
from services.tickets.models import AT_WINDOW, Ticket, TicketState
from services.tickets.steps import step, touch
from services.windows.models import WindowSession

logger = logging.getLogger(__name__)

T = TypeVar("T")


def close_days(*, now: datetime) -> int:
    """Close all days that are over, of every centre; how many. Safe to run twice."""
    return _each(due_days(now), lambda due: close_day(centre=due.centre, day=due.date, now=now))


def close_day(*, centre: Centre, day: date, now: datetime) -> DayClose:
    """Settle what the day left open, and freeze its figures.

    Each ticket and booking is settled in its own transaction, so that a broken one does not hold
    up the rest. A second run finds nothing to settle and answers the same figures.

    Raises:
        DayNotOverError: nothing changed.
    """
    closes = closing_time(centre.pk, day, now=now)
    if now < closes:
        raise DayNotOverError
    live = Ticket.objects.of_day(centre, day).live()
    _each(_keys(live), lambda pk: _end_ticket(pk, closes=closes, now=now))
    _close_windows(centre, day, now)
    bookings = Booking.objects.filter(centre=centre, date=day)
    if _was_anybody_here(centre, day):
        missed = bookings.filter(status=Status.BOOKED, kept_free=False)
        _each(_keys(missed), lambda pk: miss_after_closing(booking_id=pk, now=now))
    _each(_keys(bookings.filter(status=Status.CHECKED_IN)), _finish_visit)
    remove_claims_of_day(centre_id=centre.pk, day=day)
    return _freeze(centre, day, now)


def _was_anybody_here(centre: Centre, day: date) -> bool:
    """Where no arrival at all was noted, the notes are missing and not the people."""
    here = Booking.objects.filter(
        centre=centre, date=day, status__in=[Status.CHECKED_IN, Status.DONE]
    )
    return here.exists() or Ticket.objects.of_day(centre, day).exists()


@transaction.atomic
def _end_ticket(ticket_id: int, *, closes: datetime, now: datetime) -> None:
    """A visit that had begun is taken to be done, anybody else to have left."""
    ticket = lock_ticket(ticket_id)
    if not ticket.is_live:
        return
    is_served = ticket.state in AT_WINDOW and ticket.started_at
    began = ticket.started_at or ticket.taken_at
    step(
        ticket,
        "day_closed",
        now=now,
        state=TicketState.DONE if is_served else TicketState.LEFT,
        ended_at=rules.ended_at(closes=closes, began=began, now=now),
    )


@transaction.atomic
def _close_windows(centre: Centre, day: date, now: datetime) -> None:
    """Close the windows that somebody forgot to; those opened since stay open."""
    running = WindowSession.objects.running().for_page().filter(window__centre=centre)
    forgotten = running.filter(opened_at__lt=moment(day, CELLS_PER_DAY)).order_by("pk")
    closed = list(forgotten.select_for_update(of=("self",), no_key=True))
    for session in closed:
        session.closed_at = now
        session.save(update_fields=["closed_at"])
        record(None, "window.closed", session.window, centre_id=centre.pk)
    if closed:
        touch(centre.pk)


@transaction.atomic
def _finish_visit(booking_id: int) -> None:
    """Who was here is not expected any more."""
    booking = Booking.objects.select_for_update(no_key=True).get(pk=booking_id)
    if booking.status == Status.CHECKED_IN:
        booking.status = Status.DONE
        booking.save(update_fields=["status"])
        record(None, "booking.done", booking, centre_id=booking.centre_id)


@retry_on_conflict
@transaction.atomic
def _freeze(centre: Centre, day: date, now: datetime) -> DayClose:
    """The day's row: the one there is, or a new one with the figures of this moment."""
    closed = DayClose.objects.filter(centre=centre, date=day).first()
    if closed:
        return closed
    closed = DayClose.objects.create(
        centre=centre, date=day, closed_at=now, figures=figures_of([centre.pk], day)
    )
    record(None, "day.closed", closed, centre_id=centre.pk, day=day.isoformat())
    return closed


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _each(things: Iterable[T], settle: Callable[[T], object]) -> int:
    """Settle one after the other; how many. What a rule refuses stays as it is."""
    settled = 0
    for thing in things:
        try:
            settle(thing)
        except RuleError:
            continue
        except Exception:
            logger.exception("closing.broken", extra={"thing": str(thing)})
        else:
            settled += 1
    return settled
