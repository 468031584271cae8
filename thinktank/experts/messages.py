"""What is said about a term that ends."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify_all
from thinktank.experts.models import Engagement


def tell_ending(engagement: Engagement, people: Iterable[User], *, now: datetime) -> None:
    """When the term ends, to the member and to whoever may renew it; each once."""
    notify_all([_ending(engagement, person, now) for person in people])


def _ending(engagement: Engagement, person: User, now: datetime) -> Message:
    with translation.override(person.language):
        context = {"name": engagement.expert.name, "date": message_date(engagement.ends_on)}
    address = reverse("thinktank:letter", args=[engagement.pk])
    return Message(
        kind="engagement_ending",
        key=f"engagement-{engagement.pk}-ending-{person.pk}",
        recipient=recipient_of(person),
        due_at=now,
        context={
            **context,
            "letter": engagement.letter_no,
            "url": f"{settings.SITE_URL}{address}",
        },
    )
