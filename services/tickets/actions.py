"""Taking a number and leaving the queue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import get_random_string

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.dates import short_date
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.inserting import insert
from lishui_center.common.retries import retry_on_conflict
from services.attendance.actions import check_in, undo
from services.bookings.models import Booking, Status
from services.centres.models import Pool
from services.halls.access import hall_settings, is_open
from services.tickets import rules
from services.tickets.access import expected_wait
from services.tickets.errors import (
    HallClosedError,
    NotYourDayError,
    NumberTakenError,
    RemoteOffError,
    TicketOverError,
    VisitOverError,
)
from services.tickets.models import Source, Ticket, TicketCounter, TicketItem, TicketState
from services.tickets.steps import note_taken, step
from services.windows.models import WindowSession


@dataclass(frozen=True)
class Walker:
    """Somebody without a booking: how the number was taken, and where messages may go.

    `key` is made with the page, so that a kiosk tapped twice gives one number.
    """

    source: Source
    language: str
    has_priority: bool = False
    phone: str = ""
    key: str | None = None
    minutes_away: int = 0


@retry_on_conflict
@transaction.atomic
def take_number(*, pool: Pool, walker: Walker, now: datetime, actor: User | None = None) -> Ticket:
    """Give a walk-in the pool's next number. The same key twice answers the same ticket.

    From afar the place counts from when the person said to be there. Staff, the `actor`, decide
    themselves whom they still or already take while the doors are shut.

    Raises:
        HallClosedError, RemoteOffError: nothing was written.
    """
    known = Ticket.objects.filter(key=walker.key).first() if walker.key else None
    if known:
        return known
    if actor is None and not is_open(pool.centre, now):
        raise HallClosedError
    arrival = now
    if walker.source == Source.REMOTE:
        furthest = hall_settings(pool.centre).remote_minutes
        if not 0 < walker.minutes_away <= furthest:
            raise RemoteOffError
        arrival = now + timedelta(minutes=walker.minutes_away)
    kind = rules.kind_of(is_booked=False, has_priority=walker.has_priority)
    ticket = _new(pool, kind, walker, now)
    ticket.sort_at = rules.sort_at(arrival=arrival, has_priority=walker.has_priority)
    return _store(ticket, now=now, actor=actor)


@retry_on_conflict
@transaction.atomic
def check_in_visit(
    *,
    booking_id: int,
    source: Source,
    now: datetime,
    actor: User | None = None,
    has_priority: bool = False,
) -> Ticket:
    """Note that a booked visitor is here, and give the number. Twice answers the same ticket.

    Raises:
        NotYourDayError, VisitOverError, HallClosedError, OwnRecordError: nothing was written.
    """
    booking = (
        Booking.objects.select_for_update(of=("self",), no_key=True)
        .select_related("centre__policy", "pool__centre")
        .get(pk=booking_id)
    )
    waiting = Ticket.objects.live().filter(booking=booking).first()
    if waiting:
        return waiting
    if booking.date != today(now):
        raise NotYourDayError(day=short_date(booking.date))
    if booking.status != Status.BOOKED:
        raise VisitOverError
    if actor is None and not is_open(booking.centre, now):
        raise HallClosedError
    check_in(booking_id=booking.pk, actor=actor, now=now)
    walker = Walker(source, booking.language, has_priority=has_priority)
    ticket = _new(booking.pool, rules.Kind.BOOKED, walker, now)
    ticket.booking = booking
    ticket.phone_sealed, ticket.phone_hash = booking.phone_sealed, booking.phone_hash
    ticket.sort_at = rules.sort_at(
        arrival=now,
        starts_at=booking.starts_at,
        grace=timedelta(minutes=booking.centre.policy.grace_minutes),
        has_priority=has_priority or booking.concession,
    )
    return _store(ticket, now=now, actor=actor)


@transaction.atomic
def enter_paper_number(
    *, pool: Pool, number: int, arrived_at: datetime, now: datetime, actor: User
) -> Ticket:
    """Bring a number that was written on paper, while the network was gone, into the queue.

    Raises:
        NumberTakenError: it is not one of the paper's, or was entered before.
    """
    prefix = pool.code
    taken = Ticket.objects.filter(
        centre=pool.centre_id, date=today(now), prefix=prefix, number=number
    )
    if number not in rules.PAPER_NUMBERS or taken.exists():
        raise NumberTakenError(number=rules.number_text(prefix, number))
    ticket = _new(pool, rules.Kind.WALK_IN, Walker(Source.PAPER, "zh-hans"), now)
    ticket.number = number
    ticket.sort_at = rules.sort_at(arrival=min(arrived_at, now))
    ticket.taken_at = min(arrived_at, now)
    return _store(ticket, now=now, actor=actor)


@transaction.atomic
def leave_queue(*, ticket_id: int, now: datetime, actor: User | None = None) -> Ticket:
    """Give the number back: the person cannot wait. Twice is fine.

    Raises:
        TicketOverError: already called, or over.
    """
    ticket = lock_ticket(ticket_id)
    if ticket.state == TicketState.LEFT:
        return ticket
    if ticket.state not in (TicketState.WAITING, TicketState.HELD):
        raise TicketOverError
    return step(ticket, "left", now=now, actor=actor, state=TicketState.LEFT, ended_at=now)


@transaction.atomic
def take_back_arrival(*, booking_id: int, actor: User, now: datetime) -> Booking:
    """Undo an arrival or a missed visit: a slip of the finger.

    A number that was given leaves the queue with it.

    Raises:
        TicketOverError: the number was called already; and those of attendance.undo.
    """
    for ticket in Ticket.objects.live().filter(booking=booking_id):
        leave_queue(ticket_id=ticket.pk, now=now, actor=actor)
    return undo(booking_id=booking_id, actor=actor, now=now)


def lock_ticket(ticket_id: int) -> Ticket:
    """The ticket as it is once the lock is ours."""
    locked = Ticket.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("pool", "centre").get(pk=ticket_id)


def _new(pool: Pool, kind: rules.Kind, walker: Walker, now: datetime) -> Ticket:
    return Ticket(
        centre=pool.centre,
        pool=pool,
        date=today(now),
        prefix=f"{kind}{pool.code}",
        has_priority=walker.has_priority,
        source=walker.source,
        taken_at=now,
        secret=get_random_string(24),
        key=walker.key,
        phone_sealed=seal(walker.phone) if walker.phone else "",
        phone_hash=lookup_hash(walker.phone) if walker.phone else "",
        language=walker.language,
    )


def _store(ticket: Ticket, *, now: datetime, actor: User | None) -> Ticket:
    """Number the ticket, keep what was forecast, write it and its first event."""
    if not ticket.number:
        ticket.number = _next_number(ticket.centre_id, ticket.date, ticket.prefix)
    ahead = Ticket.objects.waiting([ticket.pool_id]).filter(sort_at__lte=ticket.sort_at).count()
    windows = WindowSession.objects.serving().filter(window__pool=ticket.pool_id).count()
    wait = expected_wait(ticket.pool_id, ahead, windows, now=now)
    if wait:
        ticket.forecast_p50, ticket.forecast_p90 = wait.p50, wait.p90
    insert([ticket])
    if ticket.booking_id:
        lines = ticket.booking.items.values_list("item_id", flat=True) if ticket.booking else []
        insert([TicketItem(ticket=ticket, item_id=item_id) for item_id in lines])
    note_taken(ticket, now=now, actor=actor)
    return ticket


def _next_number(centre_id: int, day: date, prefix: str) -> int:
    """The prefix's next number; its counter stays locked until the transaction ends.

    So no number is given twice, and one that is rolled back is given to the next.
    """
    counter = TicketCounter.objects.filter(centre=centre_id, date=day, prefix=prefix)
    if not counter.exists():
        insert([TicketCounter(centre_id=centre_id, date=day, prefix=prefix)])
    locked = counter.select_for_update().get()
    number = rules.next_number(locked.last)
    counter.filter(pk=locked.pk).update(last=number)
    return number
