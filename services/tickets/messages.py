"""What somebody in the queue is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lishui_center.notifications.actions import Message, Recipient, notify_all
from lishui_center.notifications.subjects import Snapshot
from services.tickets.models import Ticket, TicketState

SOON = 3
"""People ahead when it is time to come back to the hall."""
VERSION = 1


def tell_soon(pool_id: int, *, now: datetime) -> None:
    """Tell those who are nearly called, once each; who gave no number is not told."""
    near = list(Ticket.objects.waiting([pool_id]).select_related("booking__user")[: SOON + 1])
    notify_all(
        [
            Message(
                kind="ticket_soon",
                key=f"ticket-{ticket.pk}-soon",
                recipient=recipient_of(ticket),
                due_at=now,
                subject=("ticket", ticket.pk, VERSION),
                context={"ahead": str(ahead)},
            )
            for ahead, ticket in enumerate(near)
            if ticket.phone_hash and ahead
        ]
    )


def place_url(ticket: Ticket) -> str:
    """The absolute link to the person's own page."""
    return f"{settings.SITE_URL}{reverse('tickets:place', args=[ticket.secret])}"


def recipient_of(ticket: Ticket) -> Recipient:
    """The phone that was given with the number, and the account of whoever booked."""
    user = ticket.booking.user if ticket.booking else None
    return Recipient(
        user_id=user.pk if user else None,
        phone_sealed=ticket.phone_sealed,
        phone_hash=ticket.phone_hash,
        email=user.email if user else "",
        language=ticket.language,
    )


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Tickets as messages see them (notifications.subjects)."""
    tickets = Ticket.objects.filter(pk__in=pks).select_related("centre", "pool")
    return {
        ticket.pk: Snapshot(
            version=VERSION,
            live=ticket.state == TicketState.WAITING,
            day=ticket.date,
            centre_id=ticket.centre_id,
            context={
                "number": ticket.text,
                "centre": ticket.centre.short_name,
                "pool": ticket.pool.name,
                "letter": ticket.pool.code,
                "url": place_url(ticket),
            },
        )
        for ticket in tickets
    }
