"""Offering places that came free to those who wait, first come first served.

An offer is a real hold, so the place cannot be lost while the person makes up his mind. That a
place is offered once rests on the claims' constraint, that a person gets one offer at a time on a
conditional update; so any number of processes may do this at once.
"""

import logging
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string

from lishui_center.audit.actions import record
from lishui_center.common.clock import moment, today
from lishui_center.common.errors import RuleError
from lishui_center.common.retries import retry_on_conflict
from lishui_center.notifications.quiet import quiet_hours
from services.bookings.limits import check_person, past_of
from services.slots.access import terms_of
from services.slots.actions import Hold, take_places
from services.slots.errors import SlotClosedError, SlotFullError
from services.waitlist.access import read_places, wished_starts
from services.waitlist.actions import end_entry, request_of
from services.waitlist.messages import tell_offer
from services.waitlist.models import WaitlistEntry, WaitState
from services.waitlist.rules import offer_ends

logger = logging.getLogger(__name__)


def offer_soon(*, pool_id: int, day: date, **_signal: object) -> None:
    """After this transaction, offer what came free in it (receiver of `places_freed`)."""
    transaction.on_commit(partial(_offer_now, pool_id, day), robust=True)


def offer_everywhere(*, now: datetime) -> int:
    """Offer what is free on every day that somebody waits for; how many offers is the answer."""
    waited_for = list(WaitlistEntry.objects.days_waited_for(today(now)))
    return sum(offer_places(pool_id=pool_id, day=day, now=now) for pool_id, day in waited_for)


def offer_places(*, pool_id: int, day: date, now: datetime) -> int:
    """Offer the day's free places; how many offers were made. Safe to run twice, and at once."""
    waiting = list(WaitlistEntry.objects.waiting(pool_id, day).for_page())
    if not waiting:
        return 0
    offered = 0
    places = read_places(pool_id, day, now)
    for entry in waiting:
        starts = wished_starts(entry, places, terms_of(entry.centre.policy), now)
        free = [start.cell for start in starts if start.free]
        if free and _offer_first(entry, free, now):
            offered += 1
            places = read_places(pool_id, day, now)
    return offered


def close_unanswered(*, now: datetime) -> int:
    """End the offers whose time is over, which frees their places for the next; how many."""
    due = WaitlistEntry.objects.unanswered(now).values_list("pk", flat=True)
    return sum(_close_unanswered(entry_id, now) for entry_id in list(due))


def close_overtaken(*, now: datetime) -> int:
    """End the waiting for starts that have passed; how many."""
    return WaitlistEntry.objects.overtaken(now).update(
        state=WaitState.EXPIRED, version=F("version") + 1
    )


def _offer_now(pool_id: int, day: date) -> None:
    offered = offer_places(pool_id=pool_id, day=day, now=timezone.now())
    if offered:
        logger.info("waitlist.offered", extra={"pool": pool_id, "offers": offered})


def _offer_first(entry: WaitlistEntry, cells: list[int], now: datetime) -> bool:
    """Offer the first of these starts that is still free and leaves time to answer."""
    if not _may_book(entry, now):
        return False
    policy = entry.centre.policy
    for cell in cells:
        latest = moment(entry.date, cell) - timedelta(minutes=policy.min_lead_minutes)
        ends = offer_ends(now, minutes=policy.offer_minutes, latest=latest, quiet=quiet_hours())
        if ends is None:
            continue
        try:
            return _offer(entry=entry, cell=cell, ends=ends, now=now)
        except (SlotFullError, SlotClosedError):
            continue  # Somebody was faster; the next start may still be free.
    return False


def _may_book(entry: WaitlistEntry, now: datetime) -> bool:
    """Whether the person could take a place now; until then the next in line gets it."""
    request = request_of(entry, entry.latest_start)
    try:
        check_person(request, past_of(request, now), entry.date, now)
    except RuleError:
        return False
    return True


@retry_on_conflict
@transaction.atomic
def _offer(*, entry: WaitlistEntry, cell: int, ends: datetime, now: datetime) -> bool:
    """Keep the place for the person and say so; false when the entry is no longer waiting."""
    hold = Hold(token=get_random_string(32), start=moment(entry.date, cell), expires_at=ends)
    is_ours = WaitlistEntry.objects.filter(pk=entry.pk, state=WaitState.WAITING).update(
        state=WaitState.OFFERED,
        hold=hold.token,
        offered_cell=cell,
        offer_expires_at=ends,
        version=F("version") + 1,
    )
    if not is_ours:
        return False
    take_places(
        pool_id=entry.pool_id,
        day=entry.date,
        cells=range(cell, cell + entry.cells),
        now=now,
        hold=hold,
    )
    entry.refresh_from_db(fields=["state", "hold", "offered_cell", "offer_expires_at", "version"])
    tell_offer(entry, now=now)
    record(
        None,
        "waitlist.offered",
        entry,
        centre_id=entry.centre_id,
        start=hold.start.isoformat(),
        until=ends.isoformat(),
    )
    return True


@transaction.atomic
def _close_unanswered(entry_id: int, now: datetime) -> bool:
    """False when the person answered meanwhile."""
    entry = (
        WaitlistEntry.objects.unanswered(now)
        .select_for_update(no_key=True)
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        return False
    end_entry(entry, WaitState.EXPIRED)
    record(None, "waitlist.unanswered", entry, centre_id=entry.centre_id)
    return True
