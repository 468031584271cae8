"""Who changes a team's state, and which teams have been quiet or have woken."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.activities.access import sessions_held
from volunteers.hours.totals import served_after, teams_serving_since
from volunteers.teams.access import manages_team, vouches_for
from volunteers.teams.models import Membership, Team, TeamQuerySet, TeamState


def quiet_days() -> int:
    """Days without an approved record or a session after which a team counts as dormant."""
    return int(settings.TEAM_DORMANT_AFTER_DAYS)


def may_set(user: User, team: Team, state: TeamState, day: date) -> bool:
    """The centre's staff let a team rest and wake it; its manager disbands it."""
    if state == TeamState.DISBANDED:
        return manages_team(user, team, day)
    return vouches_for(user, team, day)


def gone_quiet(now: datetime) -> TeamQuerySet:
    """Active teams that did nothing for so many days, and are no younger than that."""
    first = today(now) - timedelta(days=quiet_days())
    old = Membership.objects.filter(starts_on__lt=first)
    teams = Team.objects.active().filter(Q(state_on=None) | Q(state_on__lt=first))
    serving = teams_serving_since(Team.objects.active(), first)
    meeting = sessions_held(now, first).filter(activity__team__isnull=False)
    quiet = teams.filter(pk__in=old.values("team")).exclude(pk__in=serving.values("pk"))
    return quiet.exclude(pk__in=meeting.values("activity__team"))


def has_woken(team: Team, now: datetime) -> bool:
    """Whether a team at rest has since had a record approved, or held a session."""
    day = team.state_on or date.min
    held = sessions_held(now, day).filter(activity__team=team, date__gt=day)
    return served_after(team, day) or held.exists()


def dormant_teams() -> TeamQuerySet:
    """The teams that rest."""
    return Team.objects.filter(state=TeamState.DORMANT)
