"""Changing a centre's settings, each with its audit event."""

from django.db import models, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.centres.errors import InUseError, WalkInShareError
from services.centres.models import BookingPolicy, Pool
from services.centres.rules import most_online


@transaction.atomic
def save_setting(*, row: models.Model, by: User) -> None:
    """Store a new or changed row; the audit keeps the fields that differ, before and after."""
    model = type(row)
    before = model._base_manager.filter(pk=row.pk).first()
    old = _values(before) if before else {}
    new = _values(row)
    changed = {
        name: [old.get(name, ""), value] for name, value in new.items() if old.get(name) != value
    }
    row.save()
    _record(by, "changed" if before else "added", row, changed)


@transaction.atomic
def remove_setting(*, row: models.Model, by: User) -> None:
    """Remove a row; the audit keeps what it said.

    Raises:
        InUseError: something that is kept hangs on it.
    """
    _record(by, "removed", row, {name: [value, ""] for name, value in _values(row).items()})
    try:
        row.delete()
    except models.ProtectedError as refusal:
        raise InUseError from refusal


@transaction.atomic
def change_policy(*, policy: BookingPolicy, by: User) -> None:
    """Store what the centre allows.

    Raises:
        WalkInShareError: a pool keeps fewer windows for walk-ins than the new share asks.
    """
    for pool in Pool.objects.filter(centre=policy.centre_id):
        check_walk_in_share(pool.lanes_online, pool.lanes_total, policy.walk_in_percent)
    save_setting(row=policy, by=by)


def check_walk_in_share(online: int, total: int, percent: int) -> None:
    """Refuse to give so many windows to bookings that too few stay for walk-ins.

    Raises:
        WalkInShareError
    """
    most = most_online(total, percent)
    if online > most:
        raise WalkInShareError(percent=percent, total=total, most=most)


def _values(row: models.Model) -> dict[str, str]:
    return {
        field.name: field.value_to_string(row)
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.name.endswith("_sealed"))
    }


def _record(by: User, act: str, row: models.Model, changed: dict[str, list[str]]) -> None:
    centre_id = getattr(row, "centre_id", None)
    record(by, f"{row._meta.model_name}.{act}", row, centre_id=centre_id, changed=changed)
