"""Who changes a team's state, and which teams have been quiet or have woken."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from lishui_center.accounts.models import User
from volunteers.hours.totals import teams_serving_since
from volunteers.teams.access import manages_team, vouches_for
from volunteers.teams.models import Membership, Team, TeamQuerySet, TeamState


def quiet_days() -> int:
    """Days without an approved record after which a team counts as dormant."""
    return int(settings.TEAM_DORMANT_AFTER_DAYS)


def may_set(user: User, team: Team, state: TeamState, day: date) -> bool:
    """The centre's staff let a team rest and wake it; its manager disbands it."""
    if state == TeamState.DISBANDED:
        return manages_team(user, team, day)
    return vouches_for(user, team, day)


def gone_quiet(day: date) -> TeamQuerySet:
    """Active teams without an approved record for so many days, which are no younger than that."""
    first = day - timedelta(days=quiet_days())
    old = Membership.objects.filter(starts_on__lt=first)
    teams = Team.objects.active().filter(Q(state_on=None) | Q(state_on__lt=first))
    serving = teams_serving_since(Team.objects.active(), first)
    return teams.filter(pk__in=old.values("team")).exclude(pk__in=serving.values("pk"))


def dormant_teams() -> TeamQuerySet:
    """The teams that rest."""
    return Team.objects.filter(state=TeamState.DORMANT)
