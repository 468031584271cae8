"""Asking a visitor for a rating."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from lishui_center.common.dates import message_date
from lishui_center.notifications import replies
from lishui_center.notifications.actions import Message, notify
from lishui_center.notifications.quiet import quiet_hours
from lishui_center.notifications.subjects import Snapshot
from services.ratings.models import Rating
from services.tickets.messages import recipient_of
from services.tickets.models import Ticket, TicketState

ASKED_AFTER = timedelta(minutes=30)
VERSION = 1


def ask_rating(ticket: Ticket, *, now: datetime) -> None:
    """Ask once, half an hour after the visit, whoever gave a phone; never in the quiet hours.

    By the next morning the visit is no longer fresh, so then nobody is asked.
    """
    due_at = now + ASKED_AFTER
    if not ticket.phone_hash or quiet_hours().hold(due_at):
        return
    notify(
        Message(
            kind="rating_asked",
            key=f"ticket-{ticket.pk}-rating",
            recipient=recipient_of(ticket),
            due_at=due_at,
            subject=("rating", ticket.pk, VERSION),
        )
    )


def rate_url(ticket: Ticket) -> str:
    """The absolute link to the page with the five buttons."""
    return f"{settings.SITE_URL}{reverse('ratings:rate', args=[ticket.secret])}"


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Finished visits as messages see them (notifications.subjects); a rated one is over."""
    rated = set(Rating.objects.filter(ticket__in=pks).values_list("ticket_id", flat=True))
    tickets = Ticket.objects.filter(pk__in=pks).select_related("centre")
    return {
        ticket.pk: Snapshot(
            version=VERSION,
            live=ticket.state == TicketState.DONE and ticket.pk not in rated,
            centre_id=ticket.centre_id,
            context={
                "number": ticket.text,
                "centre": ticket.centre.short_name,
                "date": message_date(ticket.date),
                "url": rate_url(ticket),
                "by_reply": replies.are_taken(),
            },
        )
        for ticket in tickets
    }
