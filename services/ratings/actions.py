"""Rating a visit, and dealing with a bad rating."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record, unmask
from lishui_center.common.clock import today
from lishui_center.common.encryption import unseal
from lishui_center.common.retries import retry_on_conflict
from services.ratings import rules
from services.ratings.access import due_on, has_served, rating_of
from services.ratings.errors import (
    CallBackMissingError,
    FollowUpClosedError,
    NoteEmptyError,
    NotVerifiedError,
    OwnServiceError,
    RatedAlreadyError,
    RatingTooLateError,
    StepBackError,
    VisitNotOverError,
)
from services.ratings.models import (
    NOTE_LENGTH,
    TEXT_LENGTH,
    CallBack,
    FollowUp,
    FollowUpNote,
    FollowUpState,
    Rating,
    Score,
    Tag,
)
from services.standing.rules import clean_words
from services.tickets.actions import lock_ticket
from services.tickets.models import TicketState

STEPS = FollowUpState.values


@dataclass(frozen=True)
class Opinion:
    """What a visitor says of a visit."""

    score: Score
    tags: Sequence[str] = ()
    text: str = ""


@retry_on_conflict
@transaction.atomic
def rate_visit(*, ticket_id: int, opinion: Opinion, now: datetime) -> Rating:
    """Keep what the visitor thought of the visit; a bad rating opens a case.

    Nothing is kept of who sent it, and unknown tags are left out.

    Raises:
        RatedAlreadyError, VisitNotOverError, RatingTooLateError: nothing was written.
    Source: domain.md, "Tickets and calling".
    """
    ticket = lock_ticket(ticket_id)
    if rating_of(ticket):
        raise RatedAlreadyError
    if ticket.state != TicketState.DONE or ticket.ended_at is None:
        raise VisitNotOverError
    if not rules.is_in_time(ticket.ended_at, now):
        raise RatingTooLateError
    rating = Rating.objects.create(
        ticket=ticket,
        score=opinion.score,
        tags=[tag for tag in Tag.values if tag in opinion.tags],
        text=clean_words(opinion.text)[:TEXT_LENGTH],
        created_at=now,
    )
    record(None, "rating.given", rating, centre_id=ticket.centre_id, score=rating.score)
    if rating.is_bad:
        due = due_on(ticket.centre_id, now=now, day=today(now))
        follow_up = FollowUp.objects.create(rating=rating, due_on=due)
        record(None, "follow_up.opened", follow_up, centre_id=ticket.centre_id)
    return rating


@transaction.atomic
def note_follow_up(
    *, follow_up_id: int, state: FollowUpState, text: str, actor: User, now: datetime
) -> FollowUp:
    """Note what was found or done, and how far the case is; who does so first keeps it.

    Raises:
        FollowUpClosedError, OwnServiceError, StepBackError, NoteEmptyError: nothing changed.
    """
    follow_up = _lock(follow_up_id, actor)
    if state == FollowUpState.CLOSED or STEPS.index(state) < STEPS.index(follow_up.state):
        raise StepBackError
    follow_up.state = state
    follow_up.manager = follow_up.manager or actor
    follow_up.save(update_fields=["state", "manager"])
    _note(follow_up, text, actor, now)
    return follow_up


@transaction.atomic
def close_follow_up(
    *, follow_up_id: int, call_back: CallBack | None, text: str, actor: User, now: datetime
) -> FollowUp:
    """End the case, once its visitor was called back.

    Raises:
        FollowUpClosedError, OwnServiceError, NotVerifiedError, CallBackMissingError,
        NoteEmptyError: nothing changed.
    """
    follow_up = _lock(follow_up_id, actor)
    if follow_up.state == FollowUpState.OPEN:
        raise NotVerifiedError
    if not call_back:
        raise CallBackMissingError
    follow_up.state = FollowUpState.CLOSED
    follow_up.manager = follow_up.manager or actor
    follow_up.call_back, follow_up.closed_at = call_back, now
    follow_up.save(update_fields=["state", "manager", "call_back", "closed_at"])
    _note(follow_up, text, actor, now)
    return follow_up


@transaction.atomic
def show_caller(*, follow_up_id: int, actor: User, reason: str) -> str:
    """The number to call back, shown for a reason; empty when the visitor gave none.

    Raises:
        FollowUpClosedError, OwnServiceError, ReasonMissingError: show nothing.
    """
    follow_up = _lock(follow_up_id, actor)
    ticket = follow_up.rating.ticket
    unmask(actor, follow_up, reason, centre_id=ticket.centre_id)
    return unseal(ticket.phone_sealed)


def _lock(follow_up_id: int, actor: User) -> FollowUp:
    """The open case, locked; nobody decides on what they did at the window themselves."""
    follow_up = (
        FollowUp.objects.select_for_update(of=("self",), no_key=True)
        .select_related("rating__ticket", "manager")
        .get(pk=follow_up_id)
    )
    if has_served(actor, follow_up.rating.ticket_id):
        raise OwnServiceError
    if follow_up.is_closed:
        raise FollowUpClosedError
    return follow_up


def _note(follow_up: FollowUp, text: str, actor: User, now: datetime) -> None:
    words = clean_words(text)[:NOTE_LENGTH]
    if not words:
        raise NoteEmptyError
    FollowUpNote.objects.create(
        follow_up=follow_up, at=now, author=actor, state=follow_up.state, text=words
    )
    record(
        actor,
        "follow_up.noted" if not follow_up.is_closed else "follow_up.closed",
        follow_up,
        centre_id=follow_up.rating.ticket.centre_id,
        state=follow_up.state,
        call_back=follow_up.call_back,
    )
