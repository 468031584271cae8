"""What a booking's people are told, and what the wording is filled with at send time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.common.clock import clock_text, today
from lishui_center.common.dates import clock, message_date
from lishui_center.common.language import in_language
from lishui_center.notifications.actions import Message, Recipient, notify_all
from lishui_center.notifications.subjects import Snapshot
from services.bookings import rules
from services.bookings.models import ACTIVE, Booking
from services.catalogue.models import ServiceItem


def tell(
    booking: Booking, *kinds: str, now: datetime, reminders: bool = False, **context: str
) -> None:
    """Ask for messages of these kinds now, and for the reminders still ahead: one INSERT.

    Keys carry the booking's version, so a change makes new messages and outdates the old.
    """
    due = dict.fromkeys(kinds, now)
    if reminders:
        due |= rules.reminder_times(booking.starts_at, now)
    recipient = recipient_of(booking)
    notify_all(
        [
            Message(
                kind=kind,
                key=message_key(booking, kind),
                recipient=recipient,
                due_at=due_at,
                subject=("booking", booking.pk, booking.version),
                context=context,
            )
            for kind, due_at in due.items()
        ]
    )


def tell_cancelled(
    booking: Booking, *, now: datetime, counted: rules.Cancelling | None = None
) -> None:
    """The booking is cancelled, and what comes of it when the limit is near."""
    if counted is None:
        tell(booking, "booking_cancelled", now=now)
        return
    with translation.override(booking.language):
        until = counted.paused_until and message_date(today(counted.paused_until))
    tell(
        booking,
        "booking_cancelled",
        now=now,
        cancelled=str(counted.number),
        within_days=str(counted.days),
        paused_until=until or "",
    )


def message_key(booking: Booking, kind: str) -> str:
    """What makes a message about this version of the booking go out once."""
    return f"booking-{booking.pk}-{kind}-{booking.version}"


def recipient_of(booking: Booking) -> Recipient:
    """The visitor's phone, and the mailbox and inbox of the account that booked."""
    user = booking.user
    return Recipient(
        user_id=booking.user_id,
        phone_sealed=booking.phone_sealed,
        phone_hash=booking.phone_hash,
        email=user.email if user else "",
        language=booking.language,
    )


def manage_url(booking: Booking) -> str:
    """The absolute link by which the booking is managed without signing in."""
    return f"{settings.SITE_URL}{manage_path(booking)}"


def manage_path(booking: Booking) -> str:
    """The same within the site."""
    path = reverse("bookings:manage", args=[booking.reference])
    return f"{path}?t={booking.token}"


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Bookings as messages see them (notifications.subjects)."""
    bookings = Booking.objects.filter(pk__in=pks).select_related("centre__policy")
    return {
        booking.pk: _snapshot(booking)
        for booking in bookings.prefetch_related("items__item__documents")
    }


def _snapshot(booking: Booking) -> Snapshot:
    items = [line.item for line in booking.items.all()]
    deadline = rules.change_deadline(booking.starts_at, booking.centre.policy.cancel_before_minutes)
    return Snapshot(
        version=booking.version,
        live=booking.status in ACTIVE,
        ends_at=booking.ends_at,
        day=booking.date,
        centre_id=booking.centre_id,
        context={
            "reference": booking.reference,
            "date": message_date(booking.date),
            "start": clock_text(booking.start_cell),
            "end": clock_text(booking.start_cell + booking.cells),
            "centre": booking.centre.short_name,
            "centre_phone": booking.centre.phone,
            "item": items[0].short_name,
            "documents": _listed(items),
            "url": manage_url(booking),
            "cancel_before": clock(deadline),
            "confirm_by": f"{rules.CONFIRM_BY:%H:%M}" if booking.must_confirm else "",
        },
    )


def _listed(items: Sequence[ServiceItem]) -> str:
    """The documents of all items, each once."""
    names = dict.fromkeys(document.name for item in items for document in item.documents.all())
    return in_language("、", ", ").join(names)
