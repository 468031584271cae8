"""What led to a pause and what became of it, as its page tells it."""

from datetime import datetime
from typing import TypedDict

from django.utils.translation import gettext as _

from lishui_center.common.dates import short_moment
from services.standing.models import AppealState, Suspension


class Step(TypedDict, total=False):
    """One line of the timeline component."""

    text: str
    at: datetime
    note: str
    state: str


def story_of(suspension: Suspension, now: datetime) -> list[Step]:
    """The steps in the order of time; the last one is still to come while the pause lasts."""
    return [*_causes(suspension), *_appeal(suspension), *_end(suspension, now)]


def _causes(suspension: Suspension) -> list[Step]:
    started: Step = {
        "text": _("Online booking was paused after several missed visits."),
        "at": suspension.starts_at,
        "state": "done",
    }
    cause = suspension.cause
    if cause is None:
        return [started]
    missed: Step = {
        "text": _("The visit at %(centre)s was missed.") % {"centre": suspension.centre.name},
        "at": cause.starts_at,
        "state": "done",
    }
    return [missed, started]


def _appeal(suspension: Suspension) -> list[Step]:
    if suspension.appeal == AppealState.NONE or suspension.appealed_at is None:
        return []
    asked: Step = {
        "text": _("You asked us to lift the pause."),
        "at": suspension.appealed_at,
        "note": suspension.appeal_text,
        "state": "done",
    }
    answer: Step = {"text": suspension.get_appeal_display(), "state": "now"}
    if suspension.decided_at is not None:
        answer |= {
            "at": suspension.decided_at,
            "note": suspension.decision_note,
            "state": "done",
        }
    return [asked, answer]


def _end(suspension: Suspension, now: datetime) -> list[Step]:
    if suspension.lifted_at is not None:
        text = _("The pause was lifted.")
        return [{"text": text, "at": suspension.lifted_at, "state": "done"}]
    if suspension.ends_at <= now:
        return [{"text": _("The pause ended."), "at": suspension.ends_at, "state": "done"}]
    until = short_moment(suspension.ends_at)
    return [{"text": _("The pause ends on %(until)s.") % {"until": until}}]
