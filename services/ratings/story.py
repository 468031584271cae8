"""What was done about a bad rating, as its page tells it."""

from datetime import datetime
from typing import TypedDict

from django.utils.translation import gettext as _

from lishui_center.common.dates import short_date
from services.ratings.models import FollowUp


class Step(TypedDict, total=False):
    """One line of the timeline component."""

    text: str
    at: datetime
    note: str
    state: str


def story_of(case: FollowUp) -> list[Step]:
    """The steps in the order of time; the deadline comes last while the case is open."""
    noted: list[Step] = [
        {"text": note.get_state_display(), "at": note.at, "note": note.text, "state": "done"}
        for note in case.notes.all()
    ]
    if case.is_closed:
        return noted
    due = _("To be closed by %(day)s") % {"day": short_date(case.due_on)}
    return [*noted, {"text": due, "state": "now"}]
