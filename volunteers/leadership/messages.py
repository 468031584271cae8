"""What is told about roles in a team."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.notifications.actions import Message, notify, notify_all
from volunteers.leadership.models import RoleProposal
from volunteers.teams.asking import AskState
from volunteers.teams.models import MemberRole, Membership


def tell_decision(proposal: RoleProposal, *, others: list[User], now: datetime) -> None:
    """The candidate, the proposer, and `others`: who was proposed, and what came of it."""
    people = {user.pk: user for user in (proposal.candidate, proposal.proposed_by, *others)}
    path = reverse("volunteers:team", args=[proposal.team.code])
    messages = []
    for person in people.values():
        with translation.override(person.language):
            context = {
                "team": proposal.team.name,
                "person": proposal.candidate.masked_name,
                "role": str(MemberRole(proposal.role).label),
            }
        messages.append(
            Message(
                kind="team_role_decided",
                key=f"proposal-{proposal.pk}-decided-{person.pk}",
                recipient=recipient_of(person),
                due_at=now,
                context={
                    **context,
                    "accepted": "1" if proposal.state == AskState.ACCEPTED else "",
                    "note": proposal.reason,
                    "url": f"{settings.SITE_URL}{path}",
                },
            )
        )
    notify_all(messages)


def tell_ended(member: Membership, *, now: datetime) -> None:
    """A deputy: the role is over, the membership stays."""
    path = reverse("volunteers:team", args=[member.team.code])
    with translation.override(member.user.language):
        team = member.team.name
    notify(
        Message(
            kind="team_role_ended",
            key=f"membership-{member.pk}-{now:%Y%m%d%H%M%S}-ended",
            recipient=recipient_of(member.user),
            due_at=now,
            context={"team": team, "url": f"{settings.SITE_URL}{path}"},
        )
    )
