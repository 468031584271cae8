"""What follows from a recommendation that was taken up. Only this file writes actions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.standing.rules import clean_words
from thinktank.experts.errors import ReasonMissingError
from thinktank.followup.models import NOTE_LENGTH, Action, ActionState
from thinktank.recommendations.errors import (
    ActionSettledError,
    NotAnsweredError,
    NotTakenUpError,
)
from thinktank.recommendations.models import AnswerClass, Recommendation
from thinktank.subjects import links


@dataclass(frozen=True)
class Step:
    """What is to be done; `opens` makes the need or project it names, where that can be."""

    kind: str
    title: str
    due_on: date
    reference: str = ""
    opens: bool = False


@transaction.atomic
def add_action(
    *, recommendation_id: int, step: Step, by: User, now: datetime | None = None
) -> Action:
    """Note one step that follows; the caller's door says who the owner is.

    Raises:
        NotAnsweredError, NotTakenUpError: nothing was written.
    """
    rows = Recommendation.objects.select_for_update(of=("self",), no_key=True)
    recommendation = rows.select_related("response", "observation").get(pk=recommendation_id)
    if recommendation.answer is None:
        raise NotAnsweredError
    if recommendation.answer.answer_class == AnswerClass.NOTED:
        raise NotTakenUpError
    reference = clean_words(step.reference)
    if step.opens and not reference:
        reference = links.open_new(step.kind, _opening(recommendation, step, by, now))
    action = Action.objects.create(
        recommendation=recommendation,
        kind=step.kind,
        title=clean_words(step.title),
        reference=reference,
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


def _opening(
    recommendation: Recommendation, step: Step, by: User, now: datetime | None
) -> links.Opening:
    observed = recommendation.observation
    return links.Opening(
        title=clean_words(step.title),
        text=recommendation.text,
        due_on=step.due_on,
        centre_id=recommendation.centre_id,
        by=by,
        source=gettext("Recommendation %(number)s") % {"number": recommendation.pk},
        category=observed.subject_code if observed.subject_kind == "need_category" else "",
        now=now,
    )
