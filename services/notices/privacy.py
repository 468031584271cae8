"""Lists of missing documents: in a person's copy of all data, erased with it, forgotten in time."""

from datetime import datetime

from lishui_center.accounts.models import User
from services.notices.models import MissingDocument
from services.tickets.privacy import KEPT_FOR, own_tickets


def export_missing(user: User) -> list[dict[str, object]]:
    """What the person was told to bring."""
    told = MissingDocument.objects.filter(line__ticket__in=own_tickets(user))
    return [
        {
            "number": missing.line.ticket.text,
            "date": missing.line.ticket.date.isoformat(),
            "item": missing.line.item.code,
            "missing": missing.name_zh,
        }
        for missing in told.select_related("line__ticket", "line__item")
    ]


def forget_missing(user: User) -> None:
    """Remove the person's lists."""
    MissingDocument.objects.filter(line__ticket__in=own_tickets(user)).delete()


def forget_old(*, now: datetime) -> int:
    """Remove the lists older than twelve months; how many. Safe to run twice."""
    old = MissingDocument.objects.filter(line__ticket__taken_at__lt=now - KEPT_FOR)
    return old.delete()[0]
