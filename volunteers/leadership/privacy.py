"""The teams' part in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime, timedelta

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.teams.actions import close_membership
from volunteers.teams.models import Membership

KEPT_FOR = timedelta(days=365)
"""How long it is kept what was said when somebody asked or was proposed; the terms stay."""


def export_teams(user: User) -> dict[str, object]:
    """The person's terms, and what they asked."""
    terms = Membership.objects.of(user).order_by("starts_on", "pk")
    asked = JoinRequest.objects.of(user).for_list()
    return {
        "terms": [
            {
                "team": member.team.code,
                "role": member.role,
                "from": member.starts_on.isoformat(),
                "until": member.ends_on.isoformat() if member.ends_on else None,
            }
            for member in terms
        ],
        "requests": [
            {
                "team": one.team.code,
                "asked_at": one.asked_at.isoformat(),
                "words": one.words,
                "state": one.state,
                "answer": one.reason,
            }
            for one in asked
        ],
    }


def forget_teams(user: User, *, now: datetime) -> None:
    """End every term, a leader's too, and remove the words; past terms stay, to be counted."""
    JoinRequest.objects.of(user).delete()
    RoleProposal.objects.filter(candidate=user).delete()
    RoleProposal.objects.filter(proposed_by=user).update(words="")
    for member in Membership.objects.of(user).open():
        close_membership(member, today(now))


def forget_old(*, now: datetime) -> int:
    """Remove what was decided and is older than twelve months; how many. Safe to run twice."""
    before = now - KEPT_FOR
    requests = JoinRequest.objects.decided_before(before).delete()[0]
    return requests + RoleProposal.objects.decided_before(before).delete()[0]
