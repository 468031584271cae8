"""What those who asked for a resource are told, and what the wording is filled with."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.clock import today
from lishui_center.common.dates import clock, message_date
from lishui_center.notifications.actions import Message, Recipient, notify_all
from lishui_center.notifications.subjects import Snapshot
from services.bookings.rules import reminder_times
from services.lending.models import Use


def tell(use: Use, *kinds: str, now: datetime, reminds: bool = False) -> None:
    """Ask for messages of these kinds now, and for the reminder of the day before if it is ahead.

    Keys carry the version, so a change makes new messages and outdates the old. Nobody is told
    where no one can be reached.
    """
    due = dict.fromkeys(kinds, now)
    if reminds and (at := reminder_times(use.starts_at, now).get("booking_day_before")):
        due["use_day_before"] = at
    recipient = _recipient(use)
    if recipient is None:
        return
    notify_all(
        [
            Message(
                kind=kind,
                key=f"use-{use.pk}-{kind}-{use.version}",
                recipient=recipient,
                due_at=due_at,
                subject=("use", use.pk, use.version),
            )
            for kind, due_at in due.items()
        ]
    )


def use_path(use: Use) -> str:
    """The path by which the use is seen and cancelled without signing in."""
    return f"{reverse('venues:use', args=[use.reference])}?t={use.token}"


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Uses as messages see them (notifications.subjects)."""
    return {use.pk: _snapshot(use) for use in Use.objects.for_list().filter(pk__in=pks)}


def _recipient(use: Use) -> Recipient | None:
    """The phone that was given; else whoever of the staff entered it."""
    if use.phone_hash:
        return Recipient(
            user_id=use.user_id,
            phone_sealed=use.phone_sealed,
            phone_hash=use.phone_hash,
            email=use.user.email if use.user else "",
            language=use.language,
        )
    return recipient_of(use.entered_by) if use.entered_by else None


def _snapshot(use: Use) -> Snapshot:
    resource = use.resource
    return Snapshot(
        version=use.version,
        live=use.is_open,
        ends_at=use.ends_at,
        day=today(use.starts_at),
        centre_id=resource.centre_id,
        context={
            "reference": use.reference,
            "date": message_date(today(use.starts_at)),
            "start": clock(use.starts_at),
            "end": clock(use.ends_at),
            "resource": resource.name,
            "centre": resource.place,
            "note": use.note,
            "url": f"{settings.SITE_URL}{use_path(use)}",
        },
    )
