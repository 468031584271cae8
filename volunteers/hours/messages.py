"""What a volunteer is told about a record of hours."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify
from volunteers.hours.models import HourEntry, HourState


def tell_answer(entry: HourEntry, *, now: datetime) -> None:
    """A question about the record, or why it was rejected; the page says the rest."""
    person = entry.volunteer
    with translation.override(person.language):
        context = {"date": message_date(entry.date), "team": entry.team.name}
    asks = entry.state == HourState.NEEDS_INFO
    notify(
        Message(
            kind="hours_question" if asks else "hours_rejected",
            key=f"hours-{entry.pk.hex}-{entry.version}",
            recipient=recipient_of(person),
            due_at=now,
            context={
                **context,
                "note": entry.reason,
                "url": f"{settings.SITE_URL}{reverse('volunteers:my-hours')}",
            },
        )
    )
