"""The ratings' part in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime

from lishui_center.accounts.models import User
from services.ratings.models import FollowUp, FollowUpNote, FollowUpState, Rating, RatingQuerySet
from services.tickets.privacy import KEPT_FOR, own_tickets


def export_ratings(user: User) -> list[dict[str, object]]:
    """What the person said of their visits."""
    return [
        {
            "number": rating.ticket.text,
            "date": rating.ticket.date.isoformat(),
            "score": rating.score,
            "tags": rating.tags,
            "text": rating.text,
        }
        for rating in _own(user).select_related("ticket").order_by("pk")
    ]


def forget_ratings(user: User) -> None:
    """Take the words out; the score stays, to be counted, and an open case keeps its words."""
    open_cases = FollowUp.objects.exclude(state=FollowUpState.CLOSED)
    _own(user).exclude(pk__in=open_cases.values("rating")).update(text="")


def forget_old(*, now: datetime) -> int:
    """Take the words out of all ratings older than twelve months; how many. Safe to run twice."""
    before = now - KEPT_FOR
    FollowUpNote.objects.filter(at__lt=before).exclude(text="").update(text="")
    return Rating.objects.filter(created_at__lt=before).exclude(text="").update(text="")


def _own(user: User) -> RatingQuerySet:
    return Rating.objects.filter(ticket__in=own_tickets(user))
