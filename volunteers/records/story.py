"""What happened to a record, as its page tells it."""

from datetime import datetime
from typing import TypedDict

from django.utils.translation import gettext as _

from lishui_center.accounts.models import User
from volunteers.history.models import Act, HourEvent
from volunteers.hours.models import AdjustmentState, HourEntry
from volunteers.templatetags.hours import hours


class Step(TypedDict, total=False):
    """One line of the timeline component."""

    text: str
    at: datetime
    note: str
    state: str


def story_of(entry: HourEntry, viewer: User) -> list[Step]:
    """The acts in the order of time, who did each, and how the record was corrected."""
    corrections = iter(entry.adjustments.all())
    steps = []
    for event in entry.events.all():
        step = _step(event, viewer)
        if event.act == Act.PROPOSED and (correction := next(corrections, None)):
            to = _("to %(hours)s") % {"hours": hours(correction.after)}
            step["text"] += f" ({to})"
        steps.append(step)
    return steps


def standing(entry: HourEntry) -> int:
    """What stands of the record today: its minutes, or what the last correction says."""
    confirmed = [
        correction
        for correction in entry.adjustments.all()
        if correction.state == AdjustmentState.CONFIRMED
    ]
    return confirmed[-1].after if confirmed else entry.minutes


def _step(event: HourEvent, viewer: User) -> Step:
    who = ""
    if event.actor and event.actor_id != viewer.pk:
        who = f" · {event.actor.masked_name}"
    return {
        "text": f"{event.get_act_display()}{who}",
        "at": event.at,
        "note": event.text,
        "state": "done",
    }
