"""Which teams somebody belongs to."""

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres
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


def staffed_teams(user: User, day: date, *, path: str = "team__") -> Q:
    """A filter for rows of the teams that the person's centres stand for: `rows.filter(…)`.

    `path` leads from the row to its team ("" for teams themselves). Teams of the whole town have
    the town's administrators.
    """
    if user.is_town_admin(day):
        return Q()
    has_centre = Q(**{f"{path}centre__isnull": False})
    return staffed_centres(user, day, field=f"{path}centre_id") & has_centre


def teams_staffed_by(user: User, day: date) -> QuerySet[Team]:
    """The teams of the centres where the person works, with their centre."""
    found = Team.objects.filter(staffed_teams(user, day, path=""))
    return found.select_related("centre").order_by("code")


def get_team_staffed_by(user: User, code: str, day: date) -> Team:
    """The team, or 404 for whoever does not work at its centre."""
    return get_object_or_404(teams_staffed_by(user, day), code=code)


def members_since(team: Team, first: date) -> list[User]:
    """Whoever belonged to the team at any time since `first`, each once."""
    members = Membership.objects.filter(team=team).ending_after(first).select_related("user")
    people = {member.user.pk: member.user for member in members}
    return sorted(people.values(), key=lambda person: (person.display_name, person.pk))
