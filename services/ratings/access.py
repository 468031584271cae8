"""Who may rate a visit, who sees ratings, and who may decide on a bad one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from services.centres.models import Centre
from services.hours.access import openings
from services.ratings import rules
from services.ratings.models import FollowUp, Rating, RatingQuerySet
from services.tickets.models import Ticket, TicketEvent, TicketState

SIGHT = timedelta(days=60)
"""Far enough for the deadline's working days, also over the longest holidays."""


@dataclass(frozen=True)
class RatingFilter:
    """Ratings of visits from `first` to `last`; no centre means all that the person manages."""

    centre: Centre | None
    first: date
    last: date
    only_bad: bool = False


def rating_of(ticket: Ticket) -> Rating | None:
    """What was said of the visit, if anything was."""
    return Rating.objects.filter(ticket=ticket).first()


def may_rate(ticket: Ticket, now: datetime) -> bool:
    """Whether a rating would be taken; no query while the visit is not over."""
    if ticket.state != TicketState.DONE or ticket.ended_at is None:
        return False
    return rules.is_in_time(ticket.ended_at, now) and rating_of(ticket) is None


def ratings_seen_by(user: User, wanted: RatingFilter, today: date) -> RatingQuerySet:
    """The ratings asked for, of the centres that the person manages."""
    mine = Rating.objects.filter(managed_centres(user, today, field="ticket__centre_id"))
    found = mine.of_days(wanted.first, wanted.last)
    if wanted.centre:
        found = found.filter(ticket__centre=wanted.centre)
    return found.bad() if wanted.only_bad else found


def get_follow_up(user: User, pk: int, today: date) -> FollowUp:
    """The case, or 404 for anyone who does not manage its centre."""
    mine = FollowUp.objects.filter(
        managed_centres(user, today, field="rating__ticket__centre_id")
    ).select_related("rating__ticket__pool", "rating__ticket__centre", "manager")
    return get_object_or_404(mine, pk=pk)


def has_served(user: User, ticket_id: int) -> bool:
    """Whether the person dealt with the visitor at a window, as the ticket's events know."""
    at_window = TicketEvent.objects.filter(ticket=ticket_id, window__isnull=False)
    return at_window.filter(actor=user).exists()


def due_on(centre_id: int, *, now: datetime, day: date) -> date:
    """By when a bad rating of `day` is dealt with, by the centre's own calendar. One query."""
    days = openings([centre_id], day, day + SIGHT, now=now).get(centre_id, [])
    return rules.working_day(day, {planned.date: bool(planned.spans) for planned in days})
