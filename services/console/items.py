"""What the person at the window came for, and the list of what is missing for it."""

from collections.abc import Mapping

from django.db import transaction

from lishui_center.accounts.models import User
from services.catalogue.models import ServiceItem
from services.console.access import Seen, present_at
from services.console.errors import ItemElsewhereError
from services.notices.actions import note_outcomes
from services.notices.errors import NothingMissingError
from services.notices.rules import LineOutcome
from services.tickets.models import AT_WINDOW, Ticket, TicketItem


@transaction.atomic
def add_item(*, clerk: User, item_id: int, seen: Seen | None = None) -> TicketItem:
    """The person wants this as well; a second tap adds nothing.

    Raises:
        NobodyHereError, TicketMovedError
        ItemElsewhereError: this window's group does not handle it.
    """
    session, ticket = present_at(clerk, seen, *AT_WINDOW)
    offered = ServiceItem.objects.active().filter(offerings__pool=session.window.pool_id)
    item = offered.filter(pk=item_id).first()
    if item is None:
        raise ItemElsewhereError
    return TicketItem.objects.get_or_create(ticket=ticket, item=item)[0]


@transaction.atomic
def drop_item(*, clerk: User, item_id: int, seen: Seen | None = None) -> None:
    """The person does not want this after all.

    Raises:
        NobodyHereError, TicketMovedError
    """
    _session, ticket = present_at(clerk, seen, *AT_WINDOW)
    ticket.items.filter(item=item_id).delete()


@transaction.atomic
def give_notice(
    *, clerk: User, outcomes: Mapping[int, LineOutcome], seen: Seen | None = None
) -> Ticket:
    """Keep what is missing, so that the list can be printed while the person is still here.

    Raises:
        NobodyHereError, TicketMovedError, NothingNamedError, NothingMissingError
    """
    _session, ticket = present_at(clerk, seen, *AT_WINDOW)
    if not note_outcomes(ticket=ticket, said=outcomes, actor=clerk):
        raise NothingMissingError
    return ticket
