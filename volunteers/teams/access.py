"""Which teams somebody belongs to."""

from datetime import date

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.teams.models import Membership, MembershipQuerySet, Team


def memberships_of(user: User, day: date) -> MembershipQuerySet:
    """The person's memberships in force that day."""
    return Membership.objects.of(user).on(day)


def teams_led_by(user: User, day: date) -> list[Team]:
    """The teams whose leader or deputy the person is that day."""
    return [member.team for member in memberships_of(user, day).deciding()]


def get_team_to_decide(user: User, code: str, day: date) -> Team:
    """The team, or 404 for whoever does not lead it."""
    led = memberships_of(user, day).deciding()
    return get_object_or_404(Team.objects.filter(pk__in=led.values("team")), code=code)


def teams_since(user: User, first: date) -> MembershipQuerySet:
    """Those in force at any time since `first`: an ended member may still enter what was before."""
    return Membership.objects.of(user).ending_after(first)
