"""Keeping meetings and their decisions. Only this file writes them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.standing.rules import clean_words
from thinktank.experts.errors import ReasonMissingError
from thinktank.experts.models import ExpertProfile
from thinktank.meetings.errors import DecisionSettledError
from thinktank.meetings.models import NOTE_LENGTH, Decision, DecisionState, Meeting


@transaction.atomic
def save_meeting(*, meeting: Meeting, participants: Iterable[ExpertProfile], by: User) -> Meeting:
    """Keep a new or changed meeting with the members taking part."""
    action = "meeting.changed" if meeting.pk else "meeting.added"
    meeting.agenda, meeting.minutes = clean_words(meeting.agenda), clean_words(meeting.minutes)
    meeting.save()
    meeting.participants.set(participants)
    record(by, action, meeting)
    return meeting


@transaction.atomic
def add_decision(*, decision: Decision, by: User) -> Decision:
    """Note what was decided, who sees to it, and by when."""
    decision.text = clean_words(decision.text)
    decision.save(force_insert=True)
    record(by, "decision.added", decision, centre_id=decision.centre_id)
    return decision


@transaction.atomic
def settle_decision(
    *, decision_id: int, state: DecisionState, note: str, by: User, now: datetime
) -> Decision:
    """Note that a decision is carried out, or dropped for a reason.

    Raises:
        DecisionSettledError, ReasonMissingError: nothing changed.
    """
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    if not decision.is_open or state == DecisionState.OPEN:
        raise DecisionSettledError
    words = clean_words(note)[:NOTE_LENGTH]
    if state == DecisionState.DROPPED and not words:
        raise ReasonMissingError
    decision.state, decision.note = state, words
    decision.settled_by, decision.settled_at = by, now
    decision.save(update_fields=["state", "note", "settled_by", "settled_at"])
    record(by, "decision.settled", decision, centre_id=decision.centre_id, state=state)
    return decision
