"""What a visitor still has to bring."""

from services.tickets.models import Ticket, TicketItem


def missing_of(ticket: Ticket) -> list[TicketItem]:
    """The services of the visit that wait for documents, each with its list: two queries."""
    lines = ticket.items.filter(outcome=TicketItem.Outcome.MISSING)
    return list(lines.select_related("item").prefetch_related("missing"))
