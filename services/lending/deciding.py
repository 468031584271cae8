"""Agreeing to a use or not, cancelling it, and closing what is over."""

from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record, unmask
from lishui_center.common.encryption import unseal
from services.lending.access import is_own
from services.lending.actions import give_back
from services.lending.errors import DecidedAlreadyError, NotOpenError, UsePastError
from services.lending.messages import tell
from services.lending.models import NOTE_LENGTH, CancelledBy, Use, UseState
from services.resources.models import Resource
from services.standing.errors import OwnRecordError, ReasonEmptyError
from services.standing.rules import clean_words


@transaction.atomic
def confirm_use(*, use_id: int, by: User, now: datetime) -> Use:
    """Agree to what was asked for; nobody agrees to their own.

    Raises:
        OwnRecordError, DecidedAlreadyError, UsePastError: nothing changed.
    """
    use = _to_decide(use_id, by, now)
    _settle(use, UseState.CONFIRMED, by=by, now=now)
    tell(use, "use_confirmed", now=now, reminds=True)
    return use


@transaction.atomic
def refuse_use(*, use_id: int, reason: str, by: User, now: datetime) -> Use:
    """Refuse what was asked for, with a reason that the person gets to read.

    Raises:
        OwnRecordError, DecidedAlreadyError, UsePastError, ReasonEmptyError: nothing changed.
    """
    use = _to_decide(use_id, by, now)
    use.note = _reason(reason)
    _settle(use, UseState.REFUSED, by=by, now=now)
    tell(use, "use_refused", now=now)
    return use


@transaction.atomic
def cancel_use(*, use_id: int, actor: User | None = None, now: datetime) -> Use:
    """Cancel by whoever asked; what has begun cannot be.

    Raises:
        NotOpenError, UsePastError: nothing changed.
    """
    use = _locked(use_id)
    if not use.is_open:
        raise NotOpenError
    if use.starts_at <= now:
        raise UsePastError
    _cancel(use, CancelledBy.HOLDER, actor)
    tell(use, "use_cancelled", now=now)
    return use


@transaction.atomic
def withdraw_use(*, use_id: int, reason: str, by: User, now: datetime) -> Use:
    """Take a use back for the centre: the person is told why, and offered something else.

    Raises:
        NotOpenError, ReasonEmptyError: nothing changed.
    """
    use = _locked(use_id)
    if not use.is_open:
        raise NotOpenError
    use.note = _reason(reason)
    _cancel(use, CancelledBy.CENTRE, by)
    tell(use, "use_withdrawn", now=now)
    return use


@transaction.atomic
def close_spent(*, now: datetime) -> int:
    """Close what is over, and what nobody decided in time; how many. Safe to run twice."""
    spent = list(Use.objects.spent(now).select_for_update(of=("self",), no_key=True).order_by("pk"))
    for use in spent:
        is_late = use.state == UseState.ASKED
        use.state = UseState.REFUSED if is_late else UseState.DONE
        use.version += 1
        use.save(update_fields=["state", "version"])
        give_back(use)
        record(None, f"use.{use.state}", use)
        if is_late:
            tell(use, "use_refused", now=now)
    return len(spent)


@transaction.atomic
def show_holder(*, use: Use, by: User, reason: str) -> str:
    """The number of whoever asked, shown for a reason.

    Raises:
        ReasonMissingError: show nothing.
    """
    unmask(by, use, reason, centre_id=use.resource.centre_id)
    return use.phone


@transaction.atomic
def show_contact(*, resource: Resource, by: User, reason: str) -> str:
    """How the resource's own people are reached, shown for a reason.

    Raises:
        ReasonMissingError: show nothing.
    """
    unmask(by, resource, reason, centre_id=resource.centre_id)
    return unseal(resource.contact_sealed)


def _to_decide(use_id: int, by: User, now: datetime) -> Use:
    use = _locked(use_id)
    if is_own(by, use):
        raise OwnRecordError
    if use.state != UseState.ASKED:
        raise DecidedAlreadyError
    if use.starts_at <= now:
        raise UsePastError
    return use


def _settle(use: Use, state: UseState, *, by: User, now: datetime) -> None:
    use.state, use.decided_by, use.decided_at = state, by, now
    use.version += 1
    use.save(update_fields=["state", "decided_by", "decided_at", "note", "version"])
    if state == UseState.REFUSED:
        give_back(use)
    record(by, f"use.{state}", use, centre_id=use.resource.centre_id)


def _cancel(use: Use, cancelled_by: CancelledBy, actor: User | None) -> None:
    use.state, use.cancelled_by = UseState.CANCELLED, cancelled_by
    use.version += 1
    use.save(update_fields=["state", "cancelled_by", "note", "version"])
    give_back(use)
    record(actor, "use.cancelled", use, centre_id=use.resource.centre_id, by=cancelled_by)


def _reason(text: str) -> str:
    words = clean_words(text)[:NOTE_LENGTH]
    if not words:
        raise ReasonEmptyError
    return words


def _locked(use_id: int) -> Use:
    """The use as it is once the lock is ours; nothing joined, see services.waitlist."""
    return Use.objects.select_for_update(of=("self",), no_key=True).get(pk=use_id)
