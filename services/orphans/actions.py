"""Deciding on orphaned bookings: keep them with notice, or move them. Nothing is cancelled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import moment
from lishui_center.common.errors import RuleError
from lishui_center.common.language import in_language
from lishui_center.common.retries import retry_on_conflict
from services.bookings.errors import ChangedElsewhereError, NotActiveError
from services.bookings.messages import tell
from services.bookings.models import Booking
from services.changes.actions import lock_booked, move_booking
from services.orphans.access import is_orphan
from services.orphans.rules import Decision
from services.slots.access import terms_of
from services.slots.bands import band_of
from services.slots.models import Claim

SEARCH_DAYS = 14
TRIES = 6


@dataclass(frozen=True)
class Notice:
    """Why the centre cannot serve: the reason in both languages."""

    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Settled:
    """How many bookings were kept, and how many moved."""

    kept: int
    moved: int


def settle_orphans(
    *, pks: Sequence[int], decision: Decision, notice: Notice, by: User, now: datetime
) -> Settled:
    """Decide on these bookings, each in its own transaction; safe to run twice and at once.

    A booking that cannot be moved is kept. One that is no orphan any more, because its holder
    or another process was faster, is left alone.
    """
    moved = kept = 0
    for pk in pks:
        if decision == Decision.MOVE and move_to_next(booking_id=pk, by=by, now=now):
            moved += 1
        else:
            kept += keep_booking(booking_id=pk, notice=notice, by=by, now=now)
    return Settled(kept=kept, moved=moved)


@retry_on_conflict
@transaction.atomic
def keep_booking(*, booking_id: int, notice: Notice, by: User, now: datetime) -> bool:
    """Keep the booking although the centre is closed: free to move, never a no-show.

    The new version makes reminders of a visit that will not happen worthless. False, and
    nothing written, when the booking is no orphan.
    """
    try:
        booking = lock_booked(booking_id, None)
    except NotActiveError:
        return False
    if not is_orphan(booking, now=now):
        return False
    booking.kept_free = True
    booking.version += 1
    booking.save(update_fields=["kept_free", "version"])
    with translation.override(booking.language):
        tell(
            booking,
            "centre_closed",
            now=now,
            reason=in_language(notice.reason_zh, notice.reason_en),
            band=str(band_of(booking.start_cell).label).lower(),
            phone=booking.centre.phone,
        )
    record(by, "booking.kept", booking, centre_id=booking.centre_id, reason=notice.reason_zh)
    return True


def move_to_next(*, booking_id: int, by: User, now: datetime) -> bool:
    """Move the orphan to the nearest later time that is free; False when none would do.

    Never to an earlier one: people may read the message too late.
    """
    booking = Booking.objects.select_related("centre__policy").get(pk=booking_id)
    if not is_orphan(booking, now=now):
        return False
    for start in islice(_later_starts(booking, now), TRIES):
        try:
            move_booking(
                booking_id=booking_id,
                start=start,
                now=now,
                version=booking.version,
                actor=by,
                by_staff=True,
            )
        except (NotActiveError, ChangedElsewhereError):
            return False
        except RuleError:
            continue  # taken meanwhile, or the person's limit of that day: try the next one
        return True
    return False


def _later_starts(booking: Booking, now: datetime) -> Iterator[datetime]:
    days = Claim.objects.days(
        pool_id=booking.pool_id,
        first=booking.date,
        last=booking.date + timedelta(days=SEARCH_DAYS),
        cells=booking.cells,
        terms=terms_of(booking.centre.policy),
        now=now,
    )
    for day in days:
        for start in day.starts:
            begins = moment(day.date, start.cell)
            if start.free and begins > booking.starts_at:
                yield begins
