"""The one way in which a ticket changes: compare, set, and keep what happened."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from lishui_center.common.inserting import insert
from services.centres.models import Window
from services.halls.models import HallPulse
from services.halls.pulse import announce
from services.tickets.models import Ticket, TicketEvent

# What a step may change, and undoing it restores.
PLAIN = ("state", "pool_id", "window_id", "sort_at", "calls", "returns")
MOMENTS = ("called_at", "started_at", "ended_at")


class TicketMovedError(RuleError):
    """Somebody else was faster, or the page is of yesterday."""

    code = "ticket_moved"
    message = _("This number has changed meanwhile. The page shows it as it is now.")


def step(
    ticket: Ticket,
    kind: str,
    *,
    now: datetime,
    actor: User | None = None,
    window: Window | None = None,
    is_last: bool = True,
    **changes: Any,
) -> Ticket:
    """Change the ticket if it still is as it was read; in the caller's transaction.

    Where it is not the last step there, another one follows that tells the live pages of both.

    Raises:
        TicketMovedError
        IntegrityError: the window has somebody already.
    """
    before = _fields(ticket)
    moved = Ticket.objects.filter(pk=ticket.pk, version=ticket.version).update(
        version=F("version") + 1, **changes
    )
    if not moved:
        raise TicketMovedError
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.version += 1
    _note(ticket, kind, now=now, actor=actor, window=window, before=before)
    if is_last:
        touch(ticket.centre_id)
    return ticket


def note_taken(ticket: Ticket, *, now: datetime, actor: User | None) -> None:
    """The first event of a new ticket."""
    _note(ticket, "taken", now=now, actor=actor, window=None, before={})
    touch(ticket.centre_id)


def undo_step(ticket: Ticket, event: TicketEvent, *, now: datetime, actor: User) -> Ticket:
    """Make the ticket again what it was before the event.

    Raises:
        TicketMovedError: something happened meanwhile.
        IntegrityError: the window has somebody else now.
    """
    restored: dict[str, Any] = {
        name: parse_datetime(value) if name in MOMENTS and value else value
        for name, value in event.before.items()
    }
    return step(ticket, "undone", now=now, actor=actor, window=event.window, **restored)


def touch(centre_id: int) -> None:
    """Say that the centre's queue changed; the last thing in a transaction, as its row is shared.

    After the commit, live pages elsewhere are told as well.
    """
    pulse = HallPulse.objects.filter(pk=centre_id)
    if not pulse.update(version=F("version") + 1):
        # Two may begin at once: the row is anybody's, each rise is one's own.
        HallPulse.objects.bulk_create([HallPulse(centre_id=centre_id)], ignore_conflicts=True)
        pulse.update(version=F("version") + 1)
    transaction.on_commit(partial(announce, centre_id), robust=True)


def _fields(ticket: Ticket) -> dict[str, Any]:
    moments = {name: getattr(ticket, name) for name in MOMENTS}
    return {name: getattr(ticket, name) for name in PLAIN} | {
        name: moment.isoformat() if moment else None for name, moment in moments.items()
    }


def _note(
    ticket: Ticket,
    kind: str,
    *,
    now: datetime,
    actor: User | None,
    window: Window | None,
    before: dict[str, Any],
) -> None:
    insert(
        [
            TicketEvent(
                ticket=ticket,
                kind=kind,
                at=now,
                actor=actor,
                window=window,
                before=before,
                version=ticket.version,
            )
        ]
    )
