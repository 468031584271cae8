"""Telling people that they were entered as members."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.recipients import recipient_of
from lishui_center.notifications.actions import Message, notify_all
from volunteers.teams.models import Membership


def tell_entered(members: Iterable[Membership], *, now: datetime) -> None:
    """Each of them: which team, and where to say that it is a mistake."""
    messages = []
    for member in members:
        path = reverse("volunteers:team", args=[member.team.code])
        with translation.override(member.user.language):
            team = member.team.name
        messages.append(
            Message(
                kind="team_entered",
                key=f"membership-{member.pk}-entered",
                recipient=recipient_of(member.user),
                due_at=now,
                context={"team": team, "url": f"{settings.SITE_URL}{path}"},
            )
        )
    notify_all(messages)
