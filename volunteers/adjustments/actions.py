"""Correcting approved records: one person proposes, another confirms, the volunteer neither."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.dates import short_date
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.adjustments.errors import (
    BeyondRecordError,
    CorrectionOpenError,
    NotApprovedError,
    NothingChangesError,
    ProposedByYouError,
    VoidAlreadyError,
)
from volunteers.allowances.access import days_allowed
from volunteers.history.actions import note
from volunteers.history.models import Act
from volunteers.hours import minutes, rules
from volunteers.hours.access import minutes_by_day, vouches_for
from volunteers.hours.errors import (
    AlreadyDecidedError,
    NotYourTeamError,
    ReasonWantedError,
    TheirDayFullError,
)
from volunteers.hours.ledger import corrected_minutes
from volunteers.hours.messages import tell
from volunteers.hours.models import (
    NOTE_LENGTH,
    AdjustmentState,
    HourAdjustment,
    HourEntry,
    HourState,
)
from volunteers.templatetags.hours import hours


@transaction.atomic
def propose_correction(
    *, entry_id: UUID, after: int, reason: str, by: User, now: datetime
) -> HourAdjustment:
    """Propose that `after` minutes of an approved record stand; 0 makes it void.

    The record's row is locked, and only one correction of it can be open: what it starts from
    stays true until a second person has decided.

    Raises:
        OwnRecordError, NotYourTeamError, RuleError: nothing was written.
    """
    entry = _lock(entry_id, by, now)
    if entry.state != HourState.APPROVED:
        raise NotApprovedError
    before, words = corrected_minutes(entry), clean_words(reason)[:NOTE_LENGTH]
    if not before:
        raise VoidAlreadyError
    if entry.adjustments.filter(state=AdjustmentState.PROPOSED).exists():
        raise CorrectionOpenError
    _check_change(entry, before, after)
    if not words:
        raise ReasonWantedError
    proposed = HourAdjustment.objects.create(
        entry=entry,
        volunteer_id=entry.volunteer_id,
        minutes=after - before,
        after=after,
        reason=words,
        made_by=by,
        made_at=now,
    )
    note(entry.pk, Act.PROPOSED, by=by, now=now, text=words)
    record(by, "hours.correction_proposed", entry.pk.hex, minutes=proposed.minutes, after=after)
    return proposed


@transaction.atomic
def confirm_correction(
    *, adjustment_id: int, is_right: bool, by: User, now: datetime, reason: str = ""
) -> HourAdjustment:
    """Confirm a correction, so that it counts, or refuse it with a reason.

    Raises:
        OwnRecordError, NotYourTeamError, ProposedByYouError, AlreadyDecidedError,
        ReasonWantedError: nothing changed.
    """
    entry_id = HourAdjustment.objects.values_list("entry", flat=True).get(pk=adjustment_id)
    entry = _lock(entry_id, by, now)
    proposed = HourAdjustment.objects.select_for_update(no_key=True).get(pk=adjustment_id)
    words = clean_words(reason)[:NOTE_LENGTH]
    if proposed.made_by_id == by.pk:
        raise ProposedByYouError
    if proposed.state != AdjustmentState.PROPOSED:
        raise AlreadyDecidedError
    if not (is_right or words):
        raise ReasonWantedError
    proposed.state = AdjustmentState.CONFIRMED if is_right else AdjustmentState.REFUSED
    proposed.confirmed_by, proposed.confirmed_at = by, now
    proposed.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    act = Act.CORRECTED if is_right else Act.DROPPED
    note(entry.pk, act, by=by, now=now, text=words)
    record(by, f"hours.correction_{proposed.state}", entry.pk.hex, minutes=proposed.minutes)
    if is_right:
        _apply(entry, proposed, now)
    return proposed


def _apply(entry: HourEntry, correction: HourAdjustment, now: datetime) -> None:
    if correction.after == 0:
        minutes.give_back(entry)
    facts = {"note": correction.reason, "hours": hours(correction.after)}
    tell(entry, "hours_corrected", f"corrected-{correction.pk}", facts, now=now)


def _check_change(entry: HourEntry, before: int, after: int) -> None:
    if after == before:
        raise NothingChangesError
    if not 0 <= after <= rules.DAY_MINUTES:
        raise BeyondRecordError
    day = minutes_by_day([entry])[entry.volunteer_id, entry.date]
    is_full = after > before and day + after - before > rules.DAY_MINUTES
    if is_full and not days_allowed(entry.volunteer, [entry.date]):
        raise TheirDayFullError(day=short_date(entry.date))


def _lock(entry_id: UUID, by: User, now: datetime) -> HourEntry:
    entry = (
        HourEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team", "volunteer")
        .get(pk=entry_id)
    )
    if entry.volunteer_id == by.pk:
        raise OwnRecordError
    if not vouches_for(by, entry.team, now):
        raise NotYourTeamError
    return entry
