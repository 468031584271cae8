"""Deciding on hours: leaders up to eight a day, centre staff up to twelve; nobody on their own."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.history.actions import note, note_all
from volunteers.history.models import Act
from volunteers.hours import minutes
from volunteers.hours.access import (
    is_over_eight_hours,
    may_decide,
    may_decide_on,
    minutes_by_day,
    vouches_for,
)
from volunteers.hours.errors import (
    AlreadyDecidedError,
    DisputedError,
    EnteredByYouError,
    NotYoursToWithdrawError,
    NotYourTeamError,
    OverEightHoursError,
    ReasonWantedError,
)
from volunteers.hours.messages import tell_answer
from volunteers.hours.models import NOTE_LENGTH, HourEntry, HourState, Source
from volunteers.teams.models import Team


class Decision(StrEnum):
    """What can be said of a record that was sent."""

    APPROVE = "approve"
    ASK = "ask"
    REJECT = "reject"


STATES = {
    Decision.APPROVE: HourState.APPROVED,
    Decision.ASK: HourState.NEEDS_INFO,
    Decision.REJECT: HourState.REJECTED,
}
ACTS = {
    Decision.APPROVE: Act.APPROVED,
    Decision.ASK: Act.ASKED,
    Decision.REJECT: Act.REJECTED,
}
WAITING = (HourState.SUBMITTED, HourState.NEEDS_INFO)


@transaction.atomic
def decide_hours(
    *, entry_id: UUID, decision: Decision, by: User, now: datetime, reason: str = ""
) -> HourEntry:
    """Approve a record, ask about it, or reject it; the volunteer is told what is not an approval.

    A rejected record gives its time back, so that a corrected one can be entered.

    Raises:
        OwnRecordError, EnteredByYouError, NotYourTeamError, AlreadyDecidedError, DisputedError,
        OverEightHoursError, ReasonWantedError: nothing changed.
    Source: domain.md, "Volunteer hours".
    """
    entry = _lock(entry_id, by, now)
    if decision == Decision.APPROVE:
        _check_tier(entry, by, now)
    words = clean_words(reason)[:NOTE_LENGTH]
    if decision != Decision.APPROVE and not words:
        raise ReasonWantedError
    entry.state, entry.reason = STATES[decision], words
    if decision != Decision.ASK:
        entry.decided_by, entry.decided_at = by, now
    entry.version += 1
    entry.save(update_fields=["state", "reason", "decided_by", "decided_at", "version"])
    if decision == Decision.REJECT:
        minutes.give_back(entry)
    note(entry.pk, ACTS[decision], by=by, now=now, text=words)
    record(by, f"hours.{entry.state}", entry.pk.hex, minutes=entry.minutes)
    if decision != Decision.APPROVE:
        tell_answer(entry, now=now)
    return entry


@transaction.atomic
def approve_all(
    *, team: Team, entry_ids: Sequence[UUID], by: User, now: datetime
) -> tuple[int, int]:
    """Approve those of the team that `by` may: (approved, left as they were).

    Raises:
        NotYourTeamError: nothing changed.
    """
    if not may_decide(by, team, now):
        raise NotYourTeamError
    waiting = HourEntry.objects.filter(team=team, pk__in=entry_ids).to_decide()
    entries = list(waiting.select_for_update(no_key=True).order_by("pk"))
    days, vouches = minutes_by_day(entries), vouches_for(by, team, now)
    approved = [
        entry
        for entry in entries
        if by.pk not in (entry.volunteer_id, entry.entered_by_id)
        and (vouches or not (entry.source == Source.STAFF or is_over_eight_hours(entry, days)))
    ]
    HourEntry.objects.filter(pk__in=[entry.pk for entry in approved]).update(
        state=HourState.APPROVED, decided_by=by, decided_at=now, version=F("version") + 1
    )
    note_all([entry.pk for entry in approved], Act.APPROVED, by=by, now=now)
    for entry in approved:
        record(by, "hours.approved", entry.pk.hex, minutes=entry.minutes)
    return len(approved), len(set(entry_ids)) - len(approved)


@transaction.atomic
def answer_question(*, entry_id: UUID, text: str, by: User, now: datetime) -> HourEntry:
    """Say what was asked; the record waits for a decision again.

    Raises:
        AlreadyDecidedError, ReasonWantedError: nothing changed.
    """
    entry = HourEntry.objects.select_for_update(no_key=True).get(pk=entry_id, volunteer=by)
    words = clean_words(text)[:NOTE_LENGTH]
    if entry.state != HourState.NEEDS_INFO:
        raise AlreadyDecidedError
    if not words:
        raise ReasonWantedError
    entry.state, entry.answer = HourState.SUBMITTED, words
    entry.version += 1
    entry.save(update_fields=["state", "answer", "version"])
    note(entry.pk, Act.ANSWERED, by=by, now=now, text=words)
    record(by, "hours.answered", entry.pk.hex)
    return entry


@transaction.atomic
def withdraw_hours(*, entry_id: UUID, by: User, now: datetime) -> HourEntry:
    """Take back one's own record before anybody has decided; its time is free again.

    Void has no `decided_by`: only the volunteer makes a record void, and decides nothing by it.

    Raises:
        AlreadyDecidedError, NotYoursToWithdrawError: nothing changed.
    """
    entry = HourEntry.objects.select_for_update(no_key=True).get(pk=entry_id, volunteer=by)
    if entry.state not in WAITING:
        raise AlreadyDecidedError
    if entry.entered_by_id:
        raise NotYoursToWithdrawError
    entry.state, entry.decided_at = HourState.VOID, now
    entry.version += 1
    entry.save(update_fields=["state", "decided_at", "version"])
    minutes.give_back(entry)
    note(entry.pk, Act.WITHDRAWN, by=by, now=now)
    record(by, "hours.withdrawn", entry.pk.hex, minutes=entry.minutes)
    return entry


def _lock(entry_id: UUID, by: User, now: datetime) -> HourEntry:
    entry = (
        HourEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team", "volunteer")
        .get(pk=entry_id)
    )
    if entry.volunteer_id == by.pk:
        raise OwnRecordError
    if not may_decide_on(by, entry, now):
        raise NotYourTeamError
    if entry.entered_by_id == by.pk:
        raise EnteredByYouError
    if entry.state not in WAITING:
        raise AlreadyDecidedError
    if entry.is_disputed:
        raise DisputedError
    return entry


def _check_tier(entry: HourEntry, by: User, now: datetime) -> None:
    """More than eight hours of a day stand on the word of the centre's staff, not the leader's."""
    is_over = is_over_eight_hours(entry, minutes_by_day([entry]))
    if is_over and not vouches_for(by, entry.team, now):
        raise OverEightHoursError
