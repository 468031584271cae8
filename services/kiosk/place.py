"""A person's place in the queue, in words."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from services.notices.access import missing_of
from services.ratings.access import may_rate
from services.tickets.access import Standing, standing_of
from services.tickets.models import Ticket, TicketItem, TicketState


@dataclass(frozen=True)
class Place:
    """A ticket with all that its page shows."""

    ticket: Ticket
    standing: Standing
    may_rate: bool
    missing: list[TicketItem]

    @property
    def is_waiting(self) -> bool:
        return self.ticket.state == TicketState.WAITING

    @property
    def is_called(self) -> bool:
        return self.ticket.state in (TicketState.CALLED, TicketState.SERVING)

    @property
    def is_missed(self) -> bool:
        return self.ticket.state == TicketState.NO_SHOW

    @property
    def is_done(self) -> bool:
        """The page stays as it is: nobody is interrupted while rating."""
        return self.ticket.state == TicketState.DONE

    @property
    def book_again(self) -> str:
        """The address that books the services which still miss something."""
        items = [("item", line.item.code) for line in self.missing]
        chosen = [("centre", self.ticket.centre.code), *items]
        return f"{reverse('bookings:book')}?{urlencode(chosen)}"

    @property
    def is_held(self) -> bool:
        return self.ticket.state == TicketState.HELD


def place_of(ticket: Ticket, *, state: str, now: datetime) -> Place:
    """The place at this moment, `state` being the hall's."""
    missing = missing_of(ticket) if ticket.state == TicketState.DONE else []
    return Place(ticket, standing_of(ticket, state=state, now=now), may_rate(ticket, now), missing)
