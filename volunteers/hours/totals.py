"""What the records of whole teams come to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from volunteers.hours.ledger import approved_minutes
from volunteers.hours.models import HourEntry, HourState
from volunteers.teams.models import Team, TeamQuerySet


@dataclass(frozen=True)
class TeamMinutes:
    """Approved minutes of a team: since ever, and of one month."""

    total: int
    month: int


def team_minutes(team: Team, day: date) -> TeamMinutes:
    """What stands in the team's ledger, and how much of it began in the month of `day`."""
    total = approved_minutes(teams=[team.pk], by="team")
    month = approved_minutes(teams=[team.pk], first=day.replace(day=1), last=day, by="team")
    return TeamMinutes(total[team.pk], month[team.pk])


def teams_serving_since(teams: TeamQuerySet, first: date) -> TeamQuerySet:
    """Those of the teams with an approved record of that day or later."""
    approved = HourEntry.objects.filter(state=HourState.APPROVED, date__gte=first)
    return teams.filter(Exists(approved.filter(team=OuterRef("pk"))))


def served_after(team: Team, day: date) -> bool:
    """Whether there is an approved record of a later day."""
    return HourEntry.objects.filter(team=team, state=HourState.APPROVED, date__gt=day).exists()
