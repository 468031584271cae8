"""Sending a visitor the list of what is missing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from lishui_center.notifications.actions import Message, notify
from lishui_center.notifications.subjects import Snapshot
from services.notices.models import MissingDocument
from services.tickets.messages import place_url, recipient_of
from services.tickets.models import Ticket, TicketState

SENT_AFTER = timedelta(minutes=1)
"""Longer than a clerk can take back that the visit is over."""
VERSION = 1


def tell_missing(ticket: Ticket, *, now: datetime) -> None:
    """Send the list once, as it then is, to whoever gave a phone."""
    if not ticket.phone_hash:
        return
    notify(
        Message(
            kind="documents_missing",
            key=f"ticket-{ticket.pk}-missing",
            recipient=recipient_of(ticket),
            due_at=now + SENT_AFTER,
            subject=("notice", ticket.pk, VERSION),
        )
    )


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Finished visits with something missing, as messages see them (notifications.subjects)."""
    missing = MissingDocument.objects.filter(line__ticket__in=pks).order_by()
    counts = dict(missing.values_list("line__ticket").annotate(Count("pk")))
    finished = Ticket.objects.filter(pk__in=counts, state=TicketState.DONE)
    return {
        ticket.pk: Snapshot(
            version=VERSION,
            centre_id=ticket.centre_id,
            context={
                "number": ticket.text,
                "centre": ticket.centre.short_name,
                "count": counts[ticket.pk],
                "url": place_url(ticket),
            },
        )
        for ticket in finished.select_related("centre")
    }
