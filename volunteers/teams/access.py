"""Which teams somebody belongs to, leads, works for or manages."""

from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres, staffed_centres
from lishui_center.accounts.models import User
from volunteers.teams.models import (
    MemberRole,
    Membership,
    MembershipQuerySet,
    Team,
    TeamQuerySet,
)


def memberships_of(user: User, day: date) -> MembershipQuerySet:
    """The person's memberships in force that day."""
    return Membership.objects.of(user).on(day)


def open_memberships_of(user: User) -> MembershipQuerySet:
    """The person's memberships that have not ended, with the teams' centres."""
    return Membership.objects.of(user).open().select_related("team__centre")


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


def leads(user: User, team: Team, day: date) -> bool:
    """Whether the person is the team's leader or a deputy that day."""
    return memberships_of(user, day).deciding().filter(team=team).exists()


def is_leader(user: User, team: Team) -> bool:
    """Whether the person is the one leader."""
    led = Membership.objects.open().filter(team=team, role=MemberRole.LEADER)
    return led.filter(user=user).exists()


def vouches_for(user: User, team: Team, day: date) -> bool:
    """Whether the person works at the team's centre; town-wide teams have the administrators."""
    return user.works_at(team.centre_id, day) if team.centre_id else user.is_town_admin(day)


def decides_for(user: User, team: Team, day: date) -> bool:
    """Whether the person leads the team that day, or works at its centre."""
    return vouches_for(user, team, day) or leads(user, team, day)


def manages_team(user: User, team: Team, day: date) -> bool:
    """Whether the person manages the team's centre; town-wide teams have the administrators."""
    return user.manages(team.centre_id, day) if team.centre_id else user.is_town_admin(day)


def staffed_teams(user: User, day: date, *, path: str = "team__") -> Q:
    """A filter for rows of the teams that the person's centres stand for: `rows.filter(…)`.

    `path` leads from the row to its team ("" for teams themselves). Teams of the whole town have
    the town's administrators.
    """
    if user.is_town_admin(day):
        return Q()
    has_centre = Q(**{f"{path}centre__isnull": False})
    return staffed_centres(user, day, field=f"{path}centre_id") & has_centre


def teams_staffed_by(user: User, day: date) -> TeamQuerySet:
    """The teams of the centres where the person works, with their centre."""
    found = Team.objects.filter(staffed_teams(user, day, path=""))
    return found.select_related("centre").order_by("code")


def teams_managed_by(user: User, day: date) -> TeamQuerySet:
    """The teams of the centres that the person manages."""
    if user.is_town_admin(day):
        return Team.objects.all()
    return Team.objects.filter(managed_centres(user, day), centre__isnull=False)


def get_team(code: str) -> Team:
    """Any team, disbanded or not: who they are is public."""
    return get_object_or_404(Team.objects.select_related("centre").counting_members(), code=code)


def get_team_to_staff(user: User, code: str, day: date) -> Team:
    """The team, or 404 for anyone who does not work at its centre."""
    return get_object_or_404(teams_staffed_by(user, day).for_list(), code=code)


def get_team_to_manage(user: User, code: str, day: date) -> Team:
    """The team, or 404 for anyone who does not manage its centre."""
    return get_object_or_404(teams_managed_by(user, day).for_list(), code=code)


def get_own_membership(user: User, code: str) -> Membership:
    """The person's open membership of the team, or 404."""
    return get_object_or_404(open_memberships_of(user), team__code=code)


def people_of(team: Team) -> MembershipQuerySet:
    """Who is in the team now, the leader first."""
    return Membership.objects.filter(team=team).open().by_role()


def members_since(team: Team, first: date) -> list[User]:
    """Whoever belonged to the team at any time since `first`, each once."""
    members = Membership.objects.filter(team=team).ending_after(first).select_related("user")
    people = {member.user.pk: member.user for member in members}
    return sorted(people.values(), key=lambda person: (person.display_name, person.pk))


def deciders_of(team: Team) -> list[User]:
    """The leader and the deputies of now, who are told."""
    return [member.user for member in people_of(team).deciding()]


def get_member(team: Team, pk: int) -> Membership:
    """An open membership of the team, or 404."""
    return get_object_or_404(people_of(team).select_related("team"), pk=pk)


def get_deputy(team: Team, pk: int) -> Membership:
    """A deputy of the team, or 404."""
    deputies = people_of(team).filter(role=MemberRole.DEPUTY).select_related("team")
    return get_object_or_404(deputies, pk=pk)
