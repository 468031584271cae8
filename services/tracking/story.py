"""What happened to a need, as its pages tell it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.requests.models import RequestEvent, ServiceRequest
from services.requests.rules import Act, Party, State
from services.requests.targets import CENTRE, TEAM, name_of
from services.tracking.actions import SUBMIT


class Step(TypedDict, total=False):
    """One line of the timeline component."""

    text: str
    at: datetime
    note: str
    state: str


def public_story(need: ServiceRequest) -> list[Step]:
    """The steps for whoever has the link: no names, and the words meant for them."""
    events = [event for event in need.events.all() if event.is_public]
    return _steps(events, with_people=False)


def joined_story(own: ServiceRequest, need: ServiceRequest) -> list[Step]:
    """The same of a need and of the one that it was joined with, as one story in its order."""
    events = RequestEvent.objects.filter(request__in=[own.pk, need.pk], is_public=True)
    return _steps(events.order_by("at", "pk"), with_people=False)


def full_story(need: ServiceRequest) -> list[Step]:
    """The steps for staff: also their own notes, and who did it."""
    return _steps(need.events.select_related("actor"), with_people=True)


def unit_name(need: ServiceRequest) -> str:
    """To whom it was passed on, in words; empty while to nobody."""
    if need.target_kind == CENTRE and need.handler:
        return need.handler.short_name
    return name_of(need.target_kind, need.target_code) if need.target_kind else ""


def origin_name(need: ServiceRequest) -> str:
    """The team on whose visit it was noted; empty where it came another way."""
    return name_of(TEAM, need.visited_by) if need.visited_by else ""


def _steps(events: Iterable[RequestEvent], *, with_people: bool) -> list[Step]:
    listed = list(events)
    steps: list[Step] = [
        {
            "text": f"{_text(event)}{_person(event) if with_people else ''}",
            "at": event.at,
            "note": event.note,
            "state": "done",
        }
        for event in listed
    ]
    if listed:
        steps[-1]["state"] = "now"
    return steps


def _text(event: RequestEvent) -> str:
    special: dict[str, str] = {
        Act.ANSWER: _("Answer from the person who asked"),
        Act.NOTE: _("Note for staff"),
        Act.ESCALATE: _("Chased up because it is urgent or late"),
        Act.LAPSE: _("Closed without an answer"),
    }
    if event.act == Act.CONFIRM and event.party != Party.RESIDENT:
        return _("Confirmed as solved, by telephone")
    if event.act == SUBMIT and event.party == Party.UNIT:
        return _("Noted by %(team)s on a visit") % {"team": name_of(TEAM, event.unit)}
    return str(special.get(event.act) or State(event.state).label)


def _person(event: RequestEvent) -> str:
    if event.actor:
        return f" · {event.actor.display_name or event.actor.masked_name}"
    if event.party == Party.RESIDENT:
        return " · " + pgettext("need", "the resident")
    return " · " + pgettext("need", "the system")
