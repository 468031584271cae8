"""Joining and leaving the waiting list of a day, and taking the place that was offered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import moment
from lishui_center.common.dates import clock
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.retries import retry_on_conflict
from services.bookings.actions import book_visit
from services.bookings.limits import check_person, past_of
from services.bookings.models import Booking, Channel
from services.bookings.rules import new_reference
from services.bookings.visitors import BookingRequest, Visitor
from services.catalogue.access import Visit
from services.slots.access import terms_of
from services.slots.actions import release_hold
from services.slots.errors import SlotClosedError
from services.slots.rules import cells_for, check_bookable
from services.slots.signals import places_freed
from services.waitlist.access import read_places, wished_starts
from services.waitlist.errors import (
    AlreadyWaitingError,
    NotWaitingError,
    OfferOverError,
    PlacesFreeError,
    RangeError,
)
from services.waitlist.models import OPEN_STATES, WaitlistEntry, WaitState


@dataclass(frozen=True)
class Wish:
    """A start between two cells of a day, both included, for a visit that found it full."""

    visit: Visit
    date: date
    earliest_cell: int
    latest_cell: int
    visitor: Visitor

    @property
    def cells(self) -> int:
        return cells_for(self.visit.minutes)


@dataclass(frozen=True)
class WaitingVisitor(Visitor):
    """The person of an entry; who the limits count was settled when they joined."""

    known_hash: str = ""

    @property
    def person_hash(self) -> str:
        return self.known_hash


@retry_on_conflict
@transaction.atomic
def join_waitlist(*, wish: Wish, now: datetime) -> WaitlistEntry:
    """Let the visitor wait for a place that is full now.

    Raises:
        RangeError, SlotPastError, SlotTooSoonError, SlotTooFarError, SlotClosedError,
        PlacesFreeError (with `start`), AlreadyWaitingError and those of a booking about the
        person: nothing was written.
    """
    _check_times(wish, now)
    waiting = WaitlistEntry.objects.filter(
        person_hash=wish.visitor.person_hash,
        pool=wish.visit.pool,
        date=wish.date,
        state__in=OPEN_STATES,
    )
    if waiting.exists():
        raise AlreadyWaitingError
    start = moment(wish.date, wish.latest_cell)
    request = BookingRequest(wish.visit, start, wish.visitor, Channel.WEB)
    check_person(request, past_of(request, now), wish.date, now)
    entry = _create(wish, now)
    record(wish.visitor.user, "waitlist.joined", entry, centre_id=entry.centre_id)
    return entry


@transaction.atomic
def leave_waitlist(*, entry_id: int, actor: User | None = None) -> WaitlistEntry:
    """Stop waiting, or decline the offer, whose place goes to the next. Twice is fine.

    Raises:
        NotWaitingError: the place was taken or the day is over.
    """
    entry = _locked(entry_id)
    if entry.state == WaitState.WITHDRAWN:
        return entry
    if not entry.is_open:
        raise NotWaitingError
    end_entry(entry, WaitState.WITHDRAWN)
    record(actor, "waitlist.left", entry, centre_id=entry.centre_id)
    return entry


@transaction.atomic
def accept_offer(*, entry_id: int, now: datetime, actor: User | None = None) -> Booking:
    """Book the place that is kept for the person. Twice answers the same booking.

    Raises:
        OfferOverError, and those of a booking: nothing changed.
    """
    entry = _locked(entry_id)
    if entry.state == WaitState.TAKEN and entry.booking:
        return entry.booking
    start = entry.offered_start
    if start is None or entry.stage(now) != WaitState.OFFERED:
        raise OfferOverError
    booking = book_visit(request=request_of(entry, start), now=now).booking
    entry.state, entry.booking, entry.hold = WaitState.TAKEN, booking, ""
    entry.version += 1
    entry.save(update_fields=["state", "booking", "hold", "version"])
    record(actor, "waitlist.accepted", entry, centre_id=entry.centre_id, booking=booking.pk)
    return booking


def request_of(entry: WaitlistEntry, start: datetime) -> BookingRequest:
    """The booking the entry wishes for, at that start."""
    visitor = WaitingVisitor(
        name=entry.name,
        phone=entry.phone,
        language=entry.language,
        concession=entry.concession,
        user=entry.user,
        known_hash=entry.person_hash,
    )
    visit = Visit(entry.centre, entry.centre.policy, entry.pool, tuple(entry.items.all()))
    return BookingRequest(visit, start, visitor, Channel.WEB, hold=entry.hold)


def end_entry(entry: WaitlistEntry, state: WaitState) -> None:
    """Close a locked entry and give back the place kept for it. Within a transaction."""
    held, entry.hold = entry.hold, ""
    entry.state = state
    entry.version += 1
    entry.save(update_fields=["state", "hold", "version"])
    if held:
        release_hold(hold=held)
        places_freed.send(WaitlistEntry, pool_id=entry.pool_id, day=entry.date)


def _check_times(wish: Wish, now: datetime) -> None:
    """There is a start to wait for, and none of them is free."""
    if wish.earliest_cell > wish.latest_cell:
        raise RangeError
    terms = terms_of(wish.visit.policy)
    check_bookable(terms, wish.date, wish.latest_cell, now)
    places = read_places(wish.visit.pool.pk, wish.date, now)
    starts = list(wished_starts(wish, places, terms, now))
    if not starts:
        raise SlotClosedError
    free = next((moment(wish.date, start.cell) for start in starts if start.free), None)
    if free:
        raise PlacesFreeError(time=clock(free), start=free)


def _create(wish: Wish, now: datetime) -> WaitlistEntry:
    visitor = wish.visitor
    entry = WaitlistEntry.objects.create(
        reference=new_reference(),
        link_nonce=get_random_string(16),
        centre=wish.visit.centre,
        pool=wish.visit.pool,
        date=wish.date,
        earliest_cell=wish.earliest_cell,
        latest_cell=wish.latest_cell,
        cells=wish.cells,
        name=visitor.name,
        phone_sealed=seal(visitor.phone),
        phone_hash=lookup_hash(visitor.phone),
        person_hash=visitor.person_hash,
        concession=visitor.concession,
        language=visitor.language,
        user=visitor.user,
        created_at=now,
    )
    entry.items.set(wish.visit.items)
    return entry


def _locked(entry_id: int) -> WaitlistEntry:
    """The entry as it is once the lock is ours.

    Nothing is joined: PostgreSQL reads a locked row anew after waiting, but not what is joined.
    """
    return WaitlistEntry.objects.select_for_update(no_key=True).get(pk=entry_id)
