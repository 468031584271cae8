"""What a suspended person is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, Recipient, notify
from lishui_center.notifications.subjects import Snapshot
from services.centres.models import BookingPolicy
from services.standing.access import link_token
from services.standing.models import AppealState, Suspension

VERSION = 1
"""A pause does not change what it says; it is in force or lifted."""


def tell_suspended(
    suspension: Suspension, *, no_shows: int, policy: BookingPolicy, due_at: datetime
) -> None:
    """Online booking is paused, until when, and how to appeal; dropped if it is lifted first."""
    recipient = _recipient(suspension)
    if recipient is None:
        return
    notify(
        Message(
            kind="booking_suspended",
            key=_key(suspension),
            recipient=recipient,
            due_at=due_at,
            subject=("suspension", suspension.pk, VERSION),
            context={
                "no_shows": str(no_shows),
                "within_days": str(policy.no_show_limit_days),
                "appeal_days": str(policy.appeal_days),
            },
        )
    )


def tell_decision(suspension: Suspension, *, now: datetime) -> None:
    """How the appeal was decided, and why."""
    recipient = _recipient(suspension)
    if recipient is None:
        return
    is_upheld = suspension.appeal == AppealState.UPHELD
    notify(
        Message(
            kind="appeal_decided",
            key=f"{_key(suspension)}-decided",
            recipient=recipient,
            due_at=now,
            subject=("suspension", suspension.pk, VERSION),
            context={"upheld": "1" if is_upheld else "", "note": suspension.decision_note},
        )
    )


def standing_url(suspension: Suspension) -> str:
    """The absolute link to the person's own page of the suspension."""
    path = reverse("standing:show", args=[link_token(suspension)])
    return f"{settings.SITE_URL}{path}"


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Suspensions as messages see them (notifications.subjects)."""
    return {
        suspension.pk: Snapshot(
            version=VERSION,
            live=suspension.lifted_at is None,
            centre_id=suspension.centre_id,
            context={
                "until": message_date(suspension.ends_at),
                "url": standing_url(suspension),
            },
        )
        for suspension in Suspension.objects.filter(pk__in=pks)
    }


def _key(suspension: Suspension) -> str:
    """A pause may begin anew, and is told anew."""
    return f"suspension-{suspension.pk}-{suspension.starts_at:%Y%m%d%H%M%S}"


def _recipient(suspension: Suspension) -> Recipient | None:
    """Whoever booked the missed visit; nobody once that is forgotten."""
    cause = suspension.cause
    if cause is None or not cause.phone_sealed:
        return None
    return Recipient(
        user_id=cause.user_id,
        phone_sealed=cause.phone_sealed,
        phone_hash=cause.phone_hash,
        email=cause.user.email if cause.user else "",
        language=cause.language,
    )
