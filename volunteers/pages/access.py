"""What the pages of teams show to whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from services.centres.models import Centre, CentreQuerySet
from volunteers.hours.totals import TeamMinutes, team_minutes
from volunteers.joining.access import own_request
from volunteers.joining.models import JoinRequest
from volunteers.teams.access import leads, people_of, teams_staffed_by, vouches_for
from volunteers.teams.models import MemberRole, Membership, Team, TeamKind, TeamQuerySet, TeamState


@dataclass(frozen=True)
class TeamFilter:
    """Which teams to list; empty values do not narrow."""

    centre: Centre | None = None
    kind: str = ""
    state: str = ""
    text: str = ""

    def narrow(self, teams: TeamQuerySet) -> TeamQuerySet:
        """Those of the teams that fit."""
        found = teams.matching(self.text)
        if self.centre:
            found = found.filter(centre=self.centre)
        if self.kind in TeamKind.values:
            found = found.filter(kind=self.kind)
        if self.state in TeamState.values:
            found = found.filter(state=self.state)
        return found


@dataclass(frozen=True)
class Office:
    """Who leads or deputises, and since when."""

    name: str
    role: str
    since: date


@dataclass(frozen=True)
class Standing:
    """How the person who looks stands to the team; nobody is signed in without `user`."""

    member: Membership | None = None
    asked: JoinRequest | None = None
    decides: bool = False
    vouches: bool = False


def listed_teams(wanted: TeamFilter) -> TeamQuerySet:
    """The active teams, as everybody sees them."""
    return wanted.narrow(Team.objects.active()).for_list()


def teams_to_staff(user: User, wanted: TeamFilter, day: date) -> TeamQuerySet:
    """The teams of the person's centres, with their leaders and what waits for an answer."""
    asked = Q(join_requests__state="asked")
    waiting = Count("join_requests", filter=asked, distinct=True)
    found = wanted.narrow(teams_staffed_by(user, day)).for_list().with_leader()
    return found.annotate(waiting=waiting)


def centres_with_teams() -> CentreQuerySet:
    """The centres that have an active team."""
    active = Team.objects.active().exclude(centre=None)
    return Centre.objects.active().filter(pk__in=active.values("centre"))


def centres_of_staff(user: User, day: date) -> CentreQuerySet:
    """The centres and stations where the person works; teams need no windows."""
    return Centre.objects.active().filter(staffed_centres(user, day, field="pk"))


def standing_of(user: User | None, team: Team, day: date) -> Standing:
    """What the team's page offers to the person."""
    if user is None:
        return Standing()
    return Standing(
        member=Membership.objects.of(user).open().filter(team=team).first(),
        asked=own_request(user, team),
        decides=leads(user, team, day),
        vouches=vouches_for(user, team, day),
    )


def offices_of(team: Team, *, whole_names: bool) -> list[Office]:
    """The leader and the deputies; their names are whole among members only."""
    return [
        Office(
            shown_name(member.user, whole=whole_names), member.get_role_display(), member.starts_on
        )
        for member in people_of(team).exclude(role=MemberRole.MEMBER)
    ]


def shown_name(user: User, *, whole: bool) -> str:
    """The name, or the masked one."""
    return (user.display_name if whole else "") or user.masked_name


def hours_of(team: Team, day: date) -> TeamMinutes:
    """What the team's records come to."""
    return team_minutes(team, day)
