"""Years of tickets that are over, of the kind that no page must ever read through again."""

from datetime import timedelta

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.centres.models import Window
from services.tickets.models import Source, Ticket, TicketEvent, TicketState
from tests.factories.services import NOW

A_DAY = 60


def past_tickets(window: Window, clerk: User, count: int) -> None:
    """So many visits before today, all at this window by this clerk; may be called again."""
    have = Ticket.objects.count()
    tickets = Ticket.objects.bulk_create(
        [_visit(window, number) for number in range(have, have + count)]
    )
    TicketEvent.objects.bulk_create(
        TicketEvent(
            ticket=ticket,
            kind=kind,
            at=ticket.taken_at,
            actor=clerk,
            window=window,
            version=version,
        )
        for ticket in tickets
        for version, kind in enumerate(("called", "finished"), start=1)
    )


def _visit(window: Window, number: int) -> Ticket:
    at = NOW - timedelta(days=1 + number // A_DAY, minutes=number % A_DAY)
    return Ticket(
        centre=window.centre,
        pool=window.pool,
        window=window,
        date=today(at),
        prefix="Z",
        number=number + 1,
        state=TicketState.NO_SHOW if number % 10 == 0 else TicketState.DONE,
        source=Source.KIOSK,
        sort_at=0,
        taken_at=at,
        called_at=at,
        started_at=at,
        ended_at=at + timedelta(minutes=8),
        secret=f"past-{number}",
        language="zh-hans",
        version=3,
    )
