"""What follows from a recommendation that was taken up. Only this file writes actions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.standing.rules import clean_words
from thinktank.experts.errors import ReasonMissingError
from thinktank.followup.models import NOTE_LENGTH, Action, ActionState
from thinktank.recommendations.errors import (
    ActionSettledError,
    NotAnsweredError,
    NotTakenUpError,
    PlaceMissingError,
    ReferenceUnknownError,
)
from thinktank.recommendations.models import AnswerClass, Recommendation
from thinktank.subjects import links


@dataclass(frozen=True)
class Step:
    """What is to be done; `opens` makes the need, or the milestone in the project `place`."""

    kind: str
    title: str
    due_on: date
    reference: str = ""
    opens: bool = False
    place: str = ""


@transaction.atomic
def add_action(
    *, recommendation_id: int, step: Step, by: User, now: datetime | None = None
) -> Action:
    """Note one step that follows; the caller's door says who the owner is.

    The same step sent again is the one that is there, with what it opened: the recommendation's
    row is locked, and `action_open_once` holds it.

    Raises:
        NotAnsweredError, NotTakenUpError, ReferenceUnknownError, PlaceMissingError, and what the
        opening refuses: nothing was written.
    """
    rows = Recommendation.objects.select_for_update(of=("self",), no_key=True)
    recommendation = rows.select_related("response", "observation").get(pk=recommendation_id)
    if recommendation.answer is None:
        raise NotAnsweredError
    if recommendation.answer.answer_class == AnswerClass.NOTED:
        raise NotTakenUpError
    title = clean_words(step.title)
    open_ones = Action.objects.filter(recommendation=recommendation, state=ActionState.OPEN)
    if known := open_ones.filter(kind=step.kind, title=title, due_on=step.due_on).first():
        return known
    action = Action.objects.create(
        recommendation=recommendation,
        kind=step.kind,
        title=title,
        reference=_reference(recommendation, step, by, now),
        due_on=step.due_on,
        added_by=by,
    )
    record(
        by,
        "action.added",
        action,
        centre_id=recommendation.centre_id,
        kind=action.kind,
        reference=action.reference,
    )
    return action


@transaction.atomic
def settle_action(
    *, action_id: int, state: ActionState, note: str, by: User, now: datetime
) -> Action:
    """Note that a step is done, or dropped for a reason.

    Raises:
        ActionSettledError, ReasonMissingError: nothing changed.
    """
    rows = Action.objects.select_for_update(of=("self",), no_key=True)
    action = rows.select_related("recommendation").get(pk=action_id)
    if not action.is_open or state == ActionState.OPEN:
        raise ActionSettledError
    words = clean_words(note)[:NOTE_LENGTH]
    if state == ActionState.DROPPED and not words:
        raise ReasonMissingError
    action.state, action.note, action.settled_at = state, words, now
    action.save(update_fields=["state", "note", "settled_at"])
    centre_id = action.recommendation.centre_id
    record(by, "action.settled", action, centre_id=centre_id, state=state)
    return action


def _reference(recommendation: Recommendation, step: Step, by: User, now: datetime | None) -> str:
    """The number or code that is there already, or of what is opened now."""
    given = clean_words(step.reference)
    if given and not links.is_there(step.kind, given):
        raise ReferenceUnknownError
    return given or (_open(recommendation, step, by, now) if step.opens else "")


def _open(recommendation: Recommendation, step: Step, by: User, now: datetime | None) -> str:
    places = links.places_of(step.kind, by, today(now or timezone.now()))
    if places is not None and step.place not in places:
        raise PlaceMissingError
    observed = recommendation.observation
    opening = links.Opening(
        title=clean_words(step.title),
        text=recommendation.text,
        due_on=step.due_on,
        centre_id=recommendation.centre_id,
        by=by,
        source=gettext("Recommendation %(number)s") % {"number": recommendation.pk},
        category=observed.subject_code if observed.subject_kind == "need_category" else "",
        now=now,
        place=step.place,
    )
    return links.open_new(step.kind, opening)
