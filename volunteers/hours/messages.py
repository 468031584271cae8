"""What people are told about a record of hours."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify
from volunteers.hours.models import HourEntry, HourState
from volunteers.templatetags.hours import hours


def tell_answer(entry: HourEntry, *, now: datetime) -> None:
    """A question about the record, or why it was rejected; the page says the rest."""
    asks = entry.state == HourState.NEEDS_INFO
    kind = "hours_question" if asks else "hours_rejected"
    tell(entry, kind, f"{entry.version}", {"note": entry.reason}, now=now)


def tell_entered(entry: HourEntry, *, now: datetime) -> None:
    """That somebody else entered service for the volunteer, who may dispute it."""
    tell(entry, "hours_entered", "entered", {}, now=now)


def tell(entry: HourEntry, kind: str, once: str, context: dict[str, str], *, now: datetime) -> None:
    """Tell the record's volunteer, once for each `once`; `note` in the context is what was said."""
    write(entry.volunteer, entry, (kind, once), context, now=now)


def write(
    person: User,
    entry: HourEntry,
    about: tuple[str, str],
    context: dict[str, str],
    *,
    now: datetime,
) -> None:
    """One message about the record, to its volunteer or to somebody who has to deal with it.

    `about` is the kind of message, and what makes it once for this record and person.
    """
    kind, once = about
    is_own = person.pk == entry.volunteer_id
    page = reverse("volunteers:hour-record" if is_own else "hours:record", args=[entry.pk])
    with translation.override(person.language):
        facts = {
            "date": message_date(entry.date),
            "team": entry.team.name,
            "hours": hours(entry.minutes),
            "url": f"{settings.SITE_URL}{page}",
        }
    notify(
        Message(
            kind=kind,
            key=f"hours-{entry.pk.hex}-{once}" + ("" if is_own else f"-{person.pk}"),
            recipient=recipient_of(person),
            due_at=now,
            context=facts | context,
        )
    )
