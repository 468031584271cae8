"""A hall with windows, clerks at them and people in the queue, made by the real actions."""

from datetime import datetime, timedelta
from typing import Any

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from services.catalogue.models import Offering
from services.centres.models import Pool, Window
from services.console.actions import call_next, call_ticket
from services.console.items import add_item
from services.console.outcomes import finish
from services.console.sitting import open_window
from services.notices.rules import LineOutcome
from services.ratings.actions import Opinion, rate_visit
from services.ratings.models import Rating, Score
from services.tickets.actions import Walker, check_in_visit, take_number
from services.tickets.models import Source, Ticket, TicketItem
from tests.factories.accounts import staff_at
from tests.factories.services import NOW, WindowFactory, make_booking, open_offering


def make_hall(**fields: Any) -> Offering:
    """A pool "A" of the town centre, open from 9 to 21 on the day of NOW."""
    return open_offering(pool__code=fields.pop("code", "A"), **fields)


def walk_in(pool: Pool, *, now: datetime = NOW, has_priority: bool = False, **more: Any) -> Ticket:
    """Somebody takes a number in the hall."""
    walker = Walker(more.pop("source", Source.KIOSK), "zh-hans", has_priority=has_priority, **more)
    return take_number(pool=pool, walker=walker, now=now)


def queue_of(pool: Pool, count: int, *, now: datetime = NOW) -> list[Ticket]:
    """So many walk-ins, a minute apart, the first at `now`."""
    return [walk_in(pool, now=now + timedelta(minutes=n)) for n in range(count)]


def arrive(offering: Offering, *, cell: int, at: datetime, **booking: Any) -> Ticket:
    """Somebody with a booking at the cell of today arrives at the moment `at`."""
    made = make_booking(offering, start=moment(today(at), cell), now=at_eight(at), **booking)
    return check_in_visit(booking_id=made.pk, source=Source.KIOSK, now=at)


def at_eight(now: datetime) -> datetime:
    """Early enough that today's later times can still be booked."""
    return moment(today(now), 24)


def clerk_at(pool: Pool, *, now: datetime = NOW, window: Window | None = None) -> User:
    """A clerk who sits at a window of the pool."""
    window = window or WindowFactory(pool=pool)
    clerk = staff_at(pool.centre_id)
    open_window(window=window, clerk=clerk, now=now)
    return clerk


def called(pool: Pool, *, now: datetime = NOW) -> tuple[User, Ticket]:
    """A clerk and the walk-in whom he has just called."""
    walk_in(pool, now=now)
    clerk = clerk_at(pool, now=now)
    return clerk, call_next(clerk=clerk, now=now)


def finished(
    pool: Pool | None = None, *, now: datetime = NOW, taken_at: datetime | None = None, **more: Any
) -> Ticket:
    """A walk-in who was called and served, all at `now` unless the number was taken before."""
    pool = pool or make_hall().pool
    ticket = walk_in(pool, now=taken_at or now, **more)
    clerk = clerk_at(pool, now=now)
    call_ticket(clerk=clerk, ticket_id=ticket.pk, now=now)
    finish(clerk=clerk, now=now)
    ticket.refresh_from_db()
    return ticket


def lacking(offering: Offering, *, now: datetime = NOW) -> Ticket:
    """A walk-in whose visit ended without a document that the service takes."""
    walk_in(offering.pool, now=now)
    clerk = clerk_at(offering.pool, now=now)
    call_next(clerk=clerk, now=now)
    add_item(clerk=clerk, item_id=offering.item_id)
    missing = LineOutcome(TicketItem.Outcome.MISSING, other="户口簿")
    return finish(clerk=clerk, now=now, outcomes={offering.item_id: missing})


def rated(
    score: Score = Score.SATISFIED, *, pool: Pool | None = None, now: datetime = NOW, **more: Any
) -> Rating:
    """What a walk-in said of the visit right after it."""
    ticket = finished(pool, now=now, **more.pop("visit", {}))
    return rate_visit(ticket_id=ticket.pk, opinion=Opinion(score, **more), now=now)
