"""Changing a resource, its hours or its state: a dry run of which uses it touches, then for good.

The dry run makes the real change in a transaction that is rolled back, so that it cannot differ.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.lending import rules
from services.lending.deciding import withdraw_use
from services.lending.errors import ReasonNeededError, StaleEffectError
from services.lending.models import Use
from services.resources.access import open_days
from services.resources.models import Resource

Write: TypeAlias = Callable[[], object]
"""Stores a change with its audit event; it runs inside a transaction, maybe to be undone."""


@dataclass(frozen=True)
class Effect:
    """The uses still to begin that a change leaves without their resource."""

    touched: tuple[Use, ...]

    @property
    def fingerprint(self) -> str:
        """Equal for equal effects: tells whether a preview still holds."""
        uses = sorted((use.pk, use.version) for use in self.touched)
        return hashlib.sha256(repr(uses).encode()).hexdigest()[:32]


def preview_change(*, resource_id: int, write: Write, now: datetime) -> Effect:
    """What the change would touch; nothing stays written."""
    with transaction.atomic():
        effect = _carry_out(resource_id, write, now)
        transaction.set_rollback(True)
    return effect


@retry_on_conflict
@transaction.atomic
def apply_change(
    *, resource_id: int, write: Write, expected: str, reason: str, by: User, now: datetime
) -> Effect:
    """Make the change, and take back the uses that were shown, each told why.

    Raises:
        StaleEffectError: it touches others by now, and carries them; nothing was written.
        ReasonNeededError: there are uses to take back, and no reason to tell.
    """
    effect = _carry_out(resource_id, write, now)
    if effect.fingerprint != expected:
        raise StaleEffectError(effect)
    if effect.touched and not reason.strip():
        raise ReasonNeededError(effect)
    for use in effect.touched:
        withdraw_use(use_id=use.pk, reason=reason, by=by, now=now)
    return effect


def misfits(resource: Resource, *, now: datetime) -> list[Use]:
    """The uses still to begin that do not fit the resource as it is now, by time."""
    uses = list(Use.objects.not_begun(now).filter(resource=resource).for_list())
    if not uses:
        return []
    first = min(today(use.starts_at) for use in uses)
    last = max(today(use.ends_at) for use in uses)
    days = {day.date: day for day in open_days([resource], first, last, now=now)[resource.pk]}
    closed = {
        use.pk for use in uses if not rules.fits(use.cells, days, goes_out=resource.is_in_pieces)
    }
    in_order = sorted(uses, key=lambda use: (use.created_at, use.pk))
    others = [(use.pk, use.units, use.cells) for use in in_order if use.pk not in closed]
    out = closed | rules.overfull(others, resource.lanes)
    return [use for use in uses if use.pk in out]


def _carry_out(resource_id: int, write: Write, now: datetime) -> Effect:
    """Write the change under the resource's lock, which everybody takes who asks for it."""
    list(Resource.objects.select_for_update(no_key=True).filter(pk=resource_id).values_list("pk"))
    write()
    resource = Resource.objects.for_list().get(pk=resource_id)
    return Effect(tuple(misfits(resource, now=now)))
