"""Disputing an entry or a rejection, and answering: never by who did what is disputed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.adjustments.actions import propose_correction
from volunteers.disputes import rules
from volunteers.disputes.access import those_to_tell, what_to_dispute
from volunteers.disputes.errors import (
    DisputedAlreadyError,
    DisputeTooLateError,
    InvolvedError,
    NothingToDisputeError,
)
from volunteers.disputes.models import About, Dispute, DisputeState
from volunteers.history.actions import note
from volunteers.history.models import Act
from volunteers.hours import minutes
from volunteers.hours.access import vouches_for
from volunteers.hours.checking import check_day
from volunteers.hours.errors import AlreadyDecidedError, NotYourTeamError, ReasonWantedError
from volunteers.hours.ledger import corrected_minutes
from volunteers.hours.messages import tell, write
from volunteers.hours.models import NOTE_LENGTH, AdjustmentState, HourEntry, HourState

WAITING = (HourState.SUBMITTED, HourState.NEEDS_INFO)


@transaction.atomic
def dispute_hours(*, entry_id: UUID, text: str, by: User, now: datetime) -> Dispute:
    """Say that a record entered for oneself, or a rejection, is wrong; the centre answers.

    A record that waits for a decision waits for the answer first.

    Raises:
        NothingToDisputeError, DisputeTooLateError, DisputedAlreadyError, ReasonWantedError:
            nothing was written.
    """
    entry = _lock(entry_id, volunteer=by)
    found, words = what_to_dispute(entry), clean_words(text)[:NOTE_LENGTH]
    if found is None:
        raise NothingToDisputeError
    about, since = found
    if not rules.is_in_time(since, now):
        raise DisputeTooLateError(days=rules.DISPUTED_WITHIN.days)
    if entry.disputes.filter(about=about).exists():
        raise DisputedAlreadyError
    if not words:
        raise ReasonWantedError
    against = entry.decided_by if about == About.REJECTION else entry.entered_by
    assert against is not None  # noqa: S101 - what_to_dispute says so; tells mypy
    dispute = Dispute.objects.create(
        entry=entry, about=about, volunteer=by, against=against, text=words, made_at=now
    )
    _mark(entry, is_disputed=entry.state in WAITING)
    note(entry.pk, Act.DISPUTED, by=by, now=now, text=words)
    record(by, "hours.disputed", entry.pk.hex, about=about)
    for person in those_to_tell(entry, against, today(now)):
        once = ("hours_disputed", f"disputed-{dispute.pk}")
        write(person, entry, once, {"note": words}, now=now)
    return dispute


@retry_on_conflict
@transaction.atomic
def settle_dispute(
    *, dispute_id: int, is_upheld: bool, answer: str, by: User, now: datetime
) -> Dispute:
    """Answer a dispute, with a reason the volunteer gets to read.

    Where the volunteer was right, a rejected record is approved, one that waits is rejected, and
    for an approved one its void is proposed: a second person confirms that.

    Raises:
        OwnRecordError, InvolvedError, NotYourTeamError, AlreadyDecidedError, ReasonWantedError,
        RuleError: nothing changed.
    """
    known = Dispute.objects.get(pk=dispute_id)
    User.objects.select_for_update(no_key=True).get(pk=known.volunteer_id)
    entry = _lock(known.entry_id)
    dispute = Dispute.objects.select_for_update(no_key=True).get(pk=dispute_id)
    words = clean_words(answer)[:NOTE_LENGTH]
    _check_settler(dispute, entry, by, now)
    if not words:
        raise ReasonWantedError
    dispute.state = DisputeState.UPHELD if is_upheld else DisputeState.REFUSED
    dispute.answer, dispute.settled_by, dispute.settled_at = words, by, now
    dispute.save(update_fields=["state", "answer", "settled_by", "settled_at"])
    _mark(entry, is_disputed=False)
    note(entry.pk, Act.UPHELD if is_upheld else Act.REFUSED, by=by, now=now, text=words)
    record(by, f"hours.dispute_{dispute.state}", entry.pk.hex, about=dispute.about)
    if is_upheld:
        _put_right(dispute, entry, by, now)
    facts = {"note": words, "upheld": "yes" if is_upheld else ""}
    tell(entry, "hours_settled", f"settled-{dispute.pk}", facts, now=now)
    return dispute


def _check_settler(dispute: Dispute, entry: HourEntry, by: User, now: datetime) -> None:
    if by.pk == entry.volunteer_id:
        raise OwnRecordError
    if not vouches_for(by, entry.team, now):
        raise NotYourTeamError
    if by.pk in (dispute.against_id, entry.entered_by_id, entry.decided_by_id):
        raise InvolvedError
    if dispute.state != DisputeState.OPEN:
        raise AlreadyDecidedError


def _put_right(dispute: Dispute, entry: HourEntry, by: User, now: datetime) -> None:
    if dispute.about == About.REJECTION:
        days = check_day(entry.volunteer, entry.starts_at, entry.ends_at, by_another=True)
        minutes.restore(entry.volunteer, days)
        minutes.take(entry)
        _decide(entry, HourState.APPROVED, dispute.answer, by, now)
    elif entry.state in WAITING:
        minutes.give_back(entry)
        _decide(entry, HourState.REJECTED, dispute.answer, by, now)
    elif _can_be_emptied(entry):
        propose_correction(entry_id=entry.pk, after=0, reason=dispute.answer, by=by, now=now)


def _can_be_emptied(entry: HourEntry) -> bool:
    is_open = entry.adjustments.filter(state=AdjustmentState.PROPOSED).exists()
    return corrected_minutes(entry) > 0 and not is_open


def _decide(entry: HourEntry, state: HourState, reason: str, by: User, now: datetime) -> None:
    entry.state, entry.reason, entry.decided_by, entry.decided_at = state, reason, by, now
    entry.version += 1
    entry.save(update_fields=["state", "reason", "decided_by", "decided_at", "version"])
    act = Act.APPROVED if state == HourState.APPROVED else Act.REJECTED
    note(entry.pk, act, by=by, now=now, text=reason)
    record(by, f"hours.{state}", entry.pk.hex, minutes=entry.minutes)


def _mark(entry: HourEntry, *, is_disputed: bool) -> None:
    """Whether the record waits for an answer first; an approved row is never touched."""
    if entry.is_disputed != is_disputed:
        entry.is_disputed = is_disputed
        entry.save(update_fields=["is_disputed"])


def _lock(entry_id: UUID, *, volunteer: User | None = None) -> HourEntry:
    entries = HourEntry.objects.select_for_update(of=("self",), no_key=True)
    found = entries.select_related("team", "volunteer", "entered_by", "decided_by")
    return found.get(pk=entry_id, **({"volunteer": volunteer} if volunteer else {}))
