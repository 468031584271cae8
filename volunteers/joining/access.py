"""Who sees a request to join, and who answers it."""

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.joining.models import JoinRequest, JoinRequestQuerySet
from volunteers.teams.access import open_memberships_of
from volunteers.teams.models import MemberRole, MembershipQuerySet, Team


def requests_to(team: Team) -> JoinRequestQuerySet:
    """What waits for an answer of the team, the longest waiting first."""
    return JoinRequest.objects.filter(team=team).asked().for_list()


def get_request_to(team: Team, pk: int) -> JoinRequest:
    """A request to the team that was ever made, or 404."""
    return get_object_or_404(JoinRequest.objects.for_list().filter(team=team), pk=pk)


def own_request(user: User, team: Team) -> JoinRequest | None:
    """The person's open request to the team."""
    return JoinRequest.objects.of(user).asked().filter(team=team).first()


def own_requests(user: User) -> JoinRequestQuerySet:
    """The person's open requests."""
    return JoinRequest.objects.of(user).asked().for_list()


def get_own_request(user: User, code: str) -> JoinRequest:
    """The person's open request to the team, or 404."""
    return get_object_or_404(own_requests(user), team__code=code)


def can_be_left(user: User, team: Team) -> MembershipQuerySet:
    """The person's memberships of other teams that a change could end: not those they lead."""
    others = open_memberships_of(user).exclude(team=team)
    return others.exclude(role=MemberRole.LEADER)
