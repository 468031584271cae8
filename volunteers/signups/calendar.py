"""A session in a person's calendar."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Alarm, Calendar, Event

from volunteers.activities.models import Session
from volunteers.signups.rules import SOON


def calendar_of(session: Session, *, now: datetime) -> bytes:
    """The session as an iCalendar file; importing a later version moves the same entry."""
    activity = session.activity
    event = Event()
    event.add("uid", f"session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", session.version)
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", activity.title)
    event.add("location", f"{session.where} {activity.centre.address}".strip())
    event.add("description", activity.about)
    event.add("url", f"{settings.SITE_URL}{reverse('activities:activity', args=[activity.code])}")
    event.add("status", "CONFIRMED" if session.is_planned else "CANCELLED")
    if session.is_planned:
        event.add_component(_alarm(activity.title))
    calendar = Calendar()
    calendar.add("prodid", "-//Lishui Center//Activity//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if session.is_planned else "CANCEL")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -SOON)
    return alarm
