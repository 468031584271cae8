"""Writing the audit trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lishui_center.audit.context import current_address
from lishui_center.audit.models import PURGED, Event
from lishui_center.audit.rules import RETENTION, START, link_hash
from lishui_center.common.errors import RuleError
from lishui_center.common.inserting import insert

JsonValue: TypeAlias = (
    "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)


class ReasonMissingError(RuleError):
    """Showing a person's data whole takes a reason."""

    code = "reason_missing"
    message = _("Please say why you need to see this person's data.")
    status = 400


class _SealedElsewhereError(Exception):
    """Another sealer was faster."""


def record(
    actor: AbstractBaseUser | None,
    action: str,
    target: Model | str,
    *,
    centre_id: int | None = None,
    reason: str = "",
    ok: bool = True,
    **facts: JsonValue,
) -> None:
    """Write one event in the caller's transaction: exactly one INSERT, no hashing.

    `actor` None is the system or an anonymous visitor. `facts` must be free of personal data:
    numbers, codes and counts, never names or phones.
    """
    if isinstance(target, Model):
        target_type, target_id = target._meta.label_lower, str(target.pk)
    else:
        target_type, target_id = target, ""
    event = Event(
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_label=f"user:{actor.pk}" if actor else "system",
        action=action,
        target_type=target_type,
        target_id=target_id,
        centre_id=centre_id,
        reason=reason,
        ok=ok,
        facts=facts,
        address=current_address(),
    )
    insert([event])


def unmask(
    actor: AbstractBaseUser, target: Model, reason: str, *, centre_id: int | None = None
) -> None:
    """Record that `actor` is shown the whole personal data of `target`, then show it.

    Raises:
        ReasonMissingError: show nothing.
    """
    if not reason.strip():
        raise ReasonMissingError
    record(actor, "personal.unmasked", target, centre_id=centre_id, reason=reason.strip()[:300])


def seal_events(*, limit: int = 1000) -> int:
    """Take up to `limit` waiting events into the chain; how many is the answer.

    Two sealers cannot fork the chain: both want the same next position, which is UNIQUE, and the
    later one finds its rows taken. It gives up without a trace and answers 0.
    """
    try:
        with transaction.atomic():
            return _seal(limit)
    except (IntegrityError, _SealedElsewhereError):
        return 0


def _seal(limit: int) -> int:
    last = Event.objects.sealed().last()
    end, previous_hash = (last.position or 0, last.hash) if last else (0, START)
    events = list(Event.objects.unsealed()[:limit])
    for position, event in enumerate(events, start=end + 1):
        digest = link_hash(event.content(), previous_hash)
        taken = Event.objects.filter(pk=event.pk, position=None).update(
            position=position, previous_hash=previous_hash, hash=digest
        )
        if not taken:
            raise _SealedElsewhereError
        previous_hash = digest
    return len(events)


@transaction.atomic
def purge_events(*, now: datetime) -> int:
    """Remove the links older than the retention; how many is the answer.

    Only a beginning of the chain is cut off, and the cut's last link is recorded, so that the rest
    can still be verified.
    """
    kept = Event.objects.sealed().filter(at__gte=now - RETENTION).first()
    old = Event.objects.sealed().older_than(now - RETENTION)
    if kept:
        old = old.filter(position__lt=kept.position)
    last = old.last()
    if last is None:
        return 0
    count, _rows = old.delete()
    record(None, PURGED, "audit.event", through=last.position, hash=last.hash, count=count)
    return count
