"""Asking for a resource, and taking and giving back its places. Only here places are written."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.retries import retry_on_conflict
from services.bookings.rules import new_reference
from services.bookings.visitors import Visitor
from services.lending import rules
from services.lending.access import terms_of, works_at
from services.lending.errors import (
    KeyUsedError,
    NotEnoughError,
    NotOfferedError,
    PurposeMissingError,
    TooManyOpenError,
    TooManyPeopleError,
    UseClosedError,
    UsePastError,
    UseTakenError,
    UseTooLongError,
)
from services.lending.kinds import checked_code
from services.lending.messages import tell
from services.lending.models import PURPOSE_LENGTH, ForKind, Use, UseCell, UseState
from services.resources.access import open_days
from services.resources.models import Kind, Resource, State
from services.slots.rules import free_lanes
from services.standing.rules import clean_words

BATCH = 500


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for; the visitor may be missing where staff ask for the centre's work."""

    resource: Resource
    starts_at: datetime
    ends_at: datetime
    purpose: str
    units: int = 1
    people: int | None = None
    visitor: Visitor | None = None
    for_kind: ForKind = ForKind.RESIDENT
    for_code: str = ""


@retry_on_conflict
@transaction.atomic
def ask_use(*, wanted: Wanted, key: str | None = None, now: datetime) -> Use:
    """Keep the resource for a resident; at once confirmed where nobody needs to agree.

    The same key of the same person answers what was asked for first.

    Raises:
        KeyUsedError, NotOfferedError, UsePastError, UseTooSoonError, UseTooFarError,
        UseTooLongError, TooManyOpenError and those of every use: nothing was written.
    """
    assert wanted.visitor is not None  # noqa: S101 - residents say who they are
    phone_hash = lookup_hash(wanted.visitor.phone)
    if made := Use.objects.filter(idempotency_key=key).first() if key else None:
        if (made.phone_hash, made.resource_id) != (phone_hash, wanted.resource.pk):
            raise KeyUsedError
        return made
    resource = _lock(wanted.resource)
    if not Resource.objects.for_residents().filter(pk=resource.pk).exists():
        raise NotOfferedError
    terms = terms_of(resource)
    rules.check_asked(terms, wanted.starts_at, wanted.ends_at, now)
    used = Use.objects.open().filter(phone_hash=phone_hash).values_list("nth", flat=True)
    nth = rules.lowest_free(list(used), terms.max_open)
    if nth is None:
        raise TooManyOpenError(limit=terms.max_open)
    state = UseState.ASKED if resource.needs_approval else UseState.CONFIRMED
    use = _make(wanted, resource, state=state, now=now)
    use.nth, use.user, use.idempotency_key = nth, wanted.visitor.user, key
    use.save()
    _take(use, resource, now=now)
    _recorded(use, wanted.visitor.user)
    kind = "use_asked" if state == UseState.ASKED else "use_confirmed"
    tell(use, kind, now=now, reminds=state == UseState.CONFIRMED)
    return use


@retry_on_conflict
@transaction.atomic
def enter_use(*, wanted: Wanted, by: User, now: datetime) -> Use:
    """Keep the resource for a need, project, activity, the centre's own work, or a resident.

    Confirmed at once at one's own centre where nobody needs to agree, else asked for: a colleague
    of the resource's centre decides. Staff may ask until the last minute.

    Raises:
        CodeMissingError, UnknownCodeError, NotOfferedError, UsePastError, UseTooLongError and
        those of every use: nothing was written.
    """
    code = checked_code(wanted.for_kind, wanted.for_code)
    resource = _lock(wanted.resource)
    if resource.state != State.AVAILABLE:
        raise NotOfferedError
    if wanted.starts_at <= now:
        raise UsePastError
    if wanted.ends_at - wanted.starts_at > rules.LONGEST_BY_STAFF:
        raise UseTooLongError(hours=rules.LONGEST_BY_STAFF.days * 24)
    is_settled = works_at(by, resource, today(now)) and not resource.needs_approval
    state = UseState.CONFIRMED if is_settled else UseState.ASKED
    use = _make(wanted, resource, state=state, now=now)
    use.for_code, use.entered_by = code, by
    use.save()
    _take(use, resource, now=now)
    _recorded(use, by)
    if use.phone_hash:
        tell(use, "use_asked" if state == UseState.ASKED else "use_confirmed", now=now)
    if is_settled:
        tell(use, now=now, reminds=True)
    return use


def give_back(use: Use) -> None:
    """Free the places of a use that is no longer open. Within its transaction."""
    UseCell.objects.filter(use=use).delete()


def remove_spent_places(*, before: date) -> int:
    """Remove places of past days; returns how many. Safe to run twice."""
    return UseCell.objects.filter(date__lt=before).delete()[0]


def _lock(resource: Resource) -> Resource:
    """One at a time asks for a resource; the unique places are what guarantees it."""
    return Resource.objects.select_for_update(of=("self",), no_key=True).get(pk=resource.pk)


def _make(wanted: Wanted, resource: Resource, *, state: UseState, now: datetime) -> Use:
    purpose = clean_words(wanted.purpose)[:PURPOSE_LENGTH]
    if not purpose:
        raise PurposeMissingError
    if resource.kind == Kind.VENUE and (wanted.people or 0) > resource.capacity:
        raise TooManyPeopleError(seats=resource.capacity)
    visitor = wanted.visitor
    return Use(
        reference=new_reference(),
        link_nonce=get_random_string(16),
        resource=resource,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        units=wanted.units if resource.is_in_pieces else 1,
        people=wanted.people,
        purpose=purpose,
        for_kind=wanted.for_kind,
        state=state,
        name=visitor.name if visitor else "",
        phone_sealed=seal(visitor.phone) if visitor else "",
        phone_hash=lookup_hash(visitor.phone) if visitor else "",
        language=visitor.language if visitor else settings.LANGUAGE_CODE,
        created_at=now,
    )


def _take(use: Use, resource: Resource, *, now: datetime) -> None:
    """Claim a lane for each piece in each cell; another who is faster makes IntegrityError."""
    cells = use.cells
    first, last = min(cells), max(cells)
    days = {day.date: day for day in open_days([resource], first, last, now=now)[resource.pk]}
    if not rules.fits(cells, days, goes_out=resource.is_in_pieces):
        raise UseClosedError
    taken: dict[tuple[date, int], set[int]] = defaultdict(set)
    rows = UseCell.objects.filter(resource=resource, date__range=(first, last))
    for day, cell, lane in rows.values_list("date", "cell", "lane"):
        taken[day, cell].add(lane)
    places = []
    for day, run in cells.items():
        for cell in run:
            free = free_lanes(resource.lanes, taken[day, cell])
            if len(free) < use.units:
                raise NotEnoughError(free=len(free)) if free else UseTakenError
            # Any will do; random ones keep two askers from racing for the first.
            places += [
                UseCell(use=use, resource=resource, date=day, cell=cell, lane=lane)
                for lane in sorted(random.sample(free, use.units))
            ]
    UseCell.objects.bulk_create(places, batch_size=BATCH)


def _recorded(use: Use, actor: User | None) -> None:
    record(
        actor,
        f"use.{use.state}",
        use,
        centre_id=use.resource.centre_id,
        resource=use.resource.code,
        for_kind=use.for_kind,
        starts_at=use.starts_at.isoformat(),
        ends_at=use.ends_at.isoformat(),
        units=use.units,
    )
