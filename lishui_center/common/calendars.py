"""One thing with a time, as a file for a person's own calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event

REMIND_BEFORE = timedelta(hours=2)


@dataclass(frozen=True)
class Entry:
    """What the calendar shows; importing a later `version` moves the same entry."""

    reference: str
    version: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    words: str
    url: str
    is_off: bool = False


def as_calendar(entry: Entry, *, product: str, now: datetime) -> bytes:
    """The entry as an iCalendar file, with a reminder unless it is off."""
    event = Event()
    event.add("uid", f"{entry.reference}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", entry.version)
    event.add("dtstamp", now)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at.astimezone(entry.starts_at.tzinfo))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.words)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    if not entry.is_off:
        event.add_component(_alarm(entry.title))
    calendar = Calendar()
    calendar.add("prodid", f"-//Lishui Center//{product}//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_off else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm
