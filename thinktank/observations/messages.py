"""What a member is told about a report."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lishui_center.accounts.recipients import recipient_of
from lishui_center.notifications.actions import Message, notify
from thinktank.observations.models import Observation, ObservationState


def tell_decision(observation: Observation, *, now: datetime) -> None:
    """That the report is public, or that it came back and why."""
    is_public = observation.state == ObservationState.PUBLISHED
    address = reverse("thinktank:observation", args=[observation.pk])
    notify(
        Message(
            kind="observation_decided",
            key=f"observation-{observation.pk}-{observation.state}-{now:%Y%m%d%H%M%S}",
            recipient=recipient_of(observation.author),
            due_at=now,
            context={
                "title": observation.title,
                "published": "1" if is_public else "",
                "note": observation.note,
                "url": f"{settings.SITE_URL}{address}",
            },
        )
    )
