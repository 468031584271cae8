"""Which teams somebody belongs to."""

from datetime import date

from lishui_center.accounts.models import User
from volunteers.teams.models import Membership, MembershipQuerySet


def memberships_of(user: User, day: date) -> MembershipQuerySet:
    """The person's memberships in force that day."""
    return Membership.objects.of(user).on(day)


def teams_since(user: User, first: date) -> MembershipQuerySet:
    """Those in force at any time since `first`: an ended member may still enter what was before."""
    return Membership.objects.of(user).ending_after(first)
