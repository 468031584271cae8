"""The tickets' part in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime, timedelta

from django.db.models import Q

from lishui_center.accounts.models import User
from services.tickets.models import Ticket, TicketQuerySet

KEPT_FOR = timedelta(days=365)
"""How long a ticket keeps its phone. Source: domain.md, "Law and standards"."""


def export_tickets(user: User) -> list[dict[str, object]]:
    """The numbers that the person took with a booking, or with the phone they proved."""
    return [
        {
            "number": ticket.text,
            "centre": ticket.centre.code,
            "date": ticket.date.isoformat(),
            "taken_at": ticket.taken_at.isoformat(),
            "state": ticket.state,
        }
        for ticket in own_tickets(user).select_related("centre").order_by("taken_at")
    ]


def forget_tickets(user: User) -> None:
    """Take the phone out of what is over; a number still waiting is told until it is called."""
    _unname(own_tickets(user).exclude(pk__in=Ticket.objects.live().values("pk")))


def forget_old(*, now: datetime) -> int:
    """Take the phone out of all tickets older than twelve months; how many. Safe to run twice."""
    return _unname(Ticket.objects.filter(taken_at__lt=now - KEPT_FOR))


def own_tickets(user: User) -> TicketQuerySet:
    """Those taken with a booking of the account, or with the phone it has proven."""
    own = Q(booking__user=user)
    if user.phone_verified_at:
        own |= Q(phone_hash=user.phone_hash)
    return Ticket.objects.filter(own)


def _unname(tickets: TicketQuerySet) -> int:
    """Empty what names the person; the row stays, to be counted."""
    named = Ticket.objects.filter(pk__in=tickets.exclude(phone_hash="").values("pk"))
    return named.update(phone_sealed="", phone_hash="")
