"""A person's shifts in a calendar."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lishui_center.common.clock import clock_text
from services.roster.models import Shift


def calendar_of(shifts: Iterable[Shift], *, now: datetime) -> bytes:
    """The shifts as an iCalendar file; importing a later version moves the same entries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Lishui Center//Roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for shift in shifts:
        calendar.add_component(_event(shift, now))
    return bytes(calendar.to_ical())


def _event(shift: Shift, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"shift-{shift.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", shift.version)
    event.add("dtstamp", now)
    event.add("dtstart", shift.starts_at)
    event.add("dtend", shift.ends_at)
    event.add("summary", _("On duty: %(place)s") % {"place": shift.place})
    event.add("location", f"{shift.centre.name} {shift.centre.address}".strip())
    if rest := shift.hours.rest:
        event.add(
            "description",
            _("Break from %(start)s to %(end)s")
            % {"start": clock_text(rest[0]), "end": clock_text(rest[1])},
        )
    return event
