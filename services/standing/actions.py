"""Pausing online booking after missed visits, and hearing the appeal."""

from datetime import datetime, timedelta

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.dates import short_date
from services.centres.models import BookingPolicy
from services.standing.errors import (
    AppealedAlreadyError,
    AppealEmptyError,
    AppealTooLateError,
    NotAppealedError,
    NotPausedError,
    OwnRecordError,
    ReasonEmptyError,
)
from services.standing.messages import tell_decision
from services.standing.models import AppealState, Suspension
from services.standing.rules import clean_words

APPEAL_LENGTH = 500
NOTE_LENGTH = 200


def suspend(
    *, phone_hash: str, cause_id: int, policy: BookingPolicy, actor: User | None, now: datetime
) -> Suspension:
    """Pause online booking of the phone; the same cause pauses it once. Within a transaction.

    A pause that was lifted because its cause was a mistake begins anew when it was none, and can be
    appealed against anew.
    """
    terms = {
        "phone_hash": phone_hash,
        "centre_id": policy.pk,
        "starts_at": now,
        "ends_at": now + timedelta(days=policy.suspension_days),
        "appeal_until": now + timedelta(days=policy.appeal_days),
        "lifted_at": None,
        "appeal": AppealState.NONE,
        "appeal_text": "",
        "appealed_at": None,
        "decided_by": None,
        "decided_at": None,
        "decision_note": "",
    }
    suspension = Suspension.objects.filter(cause_id=cause_id, lifted_at=None).first()
    if suspension is None:
        suspension, _ = Suspension.objects.update_or_create(cause_id=cause_id, defaults=terms)
        record(actor, "suspension.started", suspension, centre_id=policy.pk)
    return suspension


@transaction.atomic
def lift(*, suspension_id: int, actor: User, reason: str, now: datetime) -> Suspension:
    """End a suspension early; one that has ended stays as it was."""
    suspension = Suspension.objects.select_for_update(no_key=True).get(pk=suspension_id)
    _check_not_own(suspension, actor)
    _lift(suspension, actor, reason, now)
    return suspension


@transaction.atomic
def appeal(
    *, suspension_id: int, text: str, now: datetime, actor: User | None = None
) -> Suspension:
    """The person asks to have the suspension lifted, once and in time.

    Raises:
        AppealEmptyError, AppealedAlreadyError, AppealTooLateError, NotPausedError: nothing
        changed.
    """
    words = clean_words(text)[:APPEAL_LENGTH]
    suspension = Suspension.objects.select_for_update(no_key=True).get(pk=suspension_id)
    if not words:
        raise AppealEmptyError
    if suspension.appeal != AppealState.NONE:
        raise AppealedAlreadyError
    if now > suspension.appeal_until:
        raise AppealTooLateError(until=short_date(suspension.appeal_until))
    if not suspension.is_in_force(now):
        raise NotPausedError
    suspension.appeal = AppealState.OPEN
    suspension.appeal_text = words
    suspension.appealed_at = now
    suspension.save(update_fields=["appeal", "appeal_text", "appealed_at"])
    record(actor, "suspension.appealed", suspension, centre_id=suspension.centre_id)
    return suspension


@transaction.atomic
def decide_appeal(
    *, suspension_id: int, upheld: bool, note: str, actor: User, now: datetime
) -> Suspension:
    """Grant the appeal, which lifts the suspension at once, or refuse it; and tell the person.

    Raises:
        NotAppealedError, OwnRecordError, ReasonEmptyError: nothing changed.
    """
    suspension = Suspension.objects.select_for_update(no_key=True).get(pk=suspension_id)
    if suspension.appeal != AppealState.OPEN:
        raise NotAppealedError
    _check_not_own(suspension, actor)
    note = clean_words(note)[:NOTE_LENGTH]
    if not note:
        raise ReasonEmptyError
    suspension.appeal = AppealState.UPHELD if upheld else AppealState.REFUSED
    suspension.decided_by = actor
    suspension.decided_at = now
    suspension.decision_note = note
    suspension.save(update_fields=["appeal", "decided_by", "decided_at", "decision_note"])
    record(
        actor,
        "suspension.decided",
        suspension,
        centre_id=suspension.centre_id,
        reason=note,
        upheld=upheld,
    )
    if upheld:
        _lift(suspension, actor, note, now)
    tell_decision(suspension, now=now)
    return suspension


def withdraw(*, cause_id: int, actor: User, now: datetime) -> None:
    """Lift the suspension that a missed visit caused, when it turns out not to be missed."""
    for suspension in Suspension.objects.filter(cause_id=cause_id, lifted_at=None):
        _lift(suspension, actor, "", now)


def _lift(suspension: Suspension, actor: User, reason: str, now: datetime) -> None:
    if suspension.lifted_at is None and suspension.ends_at > now:
        suspension.lifted_at = now
        suspension.save(update_fields=["lifted_at"])
        record(
            actor, "suspension.lifted", suspension, centre_id=suspension.centre_id, reason=reason
        )


def _check_not_own(suspension: Suspension, actor: User) -> None:
    is_own_phone = bool(actor.phone_hash) and actor.phone_hash == suspension.phone_hash
    has_booked = suspension.cause is not None and suspension.cause.user_id == actor.pk
    if is_own_phone or has_booked:
        raise OwnRecordError
