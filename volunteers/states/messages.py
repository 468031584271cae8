"""What a team's people are told when its state changes."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.notifications.actions import Message, notify_all
from volunteers.teams.models import Team


def tell_state(team: Team, people: Iterable[User], *, now: datetime) -> None:
    """That the team rests, is awake again or is disbanded, and why."""
    path = reverse("volunteers:team", args=[team.code])
    messages = []
    for person in people:
        with translation.override(person.language):
            name = team.name
        messages.append(
            Message(
                kind=f"team_{team.state}",
                key=f"team-{team.pk}-{team.state}-{now:%Y%m%d%H%M%S}-{person.pk}",
                recipient=recipient_of(person),
                due_at=now,
                context={
                    "team": name,
                    "note": team.state_reason,
                    "url": f"{settings.SITE_URL}{path}",
                },
            )
        )
    notify_all(messages)
