"""What is told about a request to join, and about the end of a membership."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.recipients import recipient_of
from lishui_center.notifications.actions import Message, notify, notify_all
from volunteers.joining.models import JoinRequest
from volunteers.teams.access import deciders_of
from volunteers.teams.asking import AskState
from volunteers.teams.models import Membership


def tell_asked(asked: JoinRequest, *, now: datetime) -> None:
    """Leader and deputies: somebody asks."""
    path = reverse("volunteers:team-people", args=[asked.team.code])
    messages = []
    for person in deciders_of(asked.team):
        with translation.override(person.language):
            context = {"person": asked.user.masked_name, "team": asked.team.name}
        messages.append(
            Message(
                kind="join_asked",
                key=f"join-{asked.pk}-asked-{person.pk}",
                recipient=recipient_of(person),
                due_at=now,
                context={**context, "url": f"{settings.SITE_URL}{path}"},
            )
        )
    notify_all(messages)


def tell_answer(asked: JoinRequest, *, now: datetime) -> None:
    """The one who asked: the answer, and its reason."""
    path = reverse("volunteers:team", args=[asked.team.code])
    with translation.override(asked.user.language):
        team = asked.team.name
    notify(
        Message(
            kind="join_decided",
            key=f"join-{asked.pk}-decided",
            recipient=recipient_of(asked.user),
            due_at=now,
            context={
                "team": team,
                "accepted": "1" if asked.state == AskState.ACCEPTED else "",
                "note": asked.reason,
                "url": f"{settings.SITE_URL}{path}",
            },
        )
    )


def tell_removed(member: Membership, reason: str, *, now: datetime) -> None:
    """Whose membership the staff ended: since when, and why."""
    path = reverse("volunteers:team", args=[member.team.code])
    with translation.override(member.user.language):
        team = member.team.name
    notify(
        Message(
            kind="team_removed",
            key=f"membership-{member.pk}-removed",
            recipient=recipient_of(member.user),
            due_at=now,
            context={"team": team, "note": reason, "url": f"{settings.SITE_URL}{path}"},
        )
    )
