"""How teams compare, and who of a team is named to its members."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.language import in_language
from volunteers.boards.models import BoardConsent, TeamDay
from volunteers.boards.rules import Period
from volunteers.recognition.ledger import approved
from volunteers.teams.access import memberships_of
from volunteers.teams.models import Membership, Team, TeamState


def consent_of(user: User) -> BoardConsent | None:
    """The consent in force, if the person gave one."""
    return BoardConsent.objects.of(user).in_force().first()


def teams_ranked(period: Period) -> QuerySet[Any, Any]:
    """Teams with their approved minutes, the most first: sums a row for each team's day."""
    days = TeamDay.objects.filter(date__range=(period.first, period.last), minutes__gt=0)
    days = days.exclude(team__state=TeamState.DISBANDED)
    name = F(in_language("team__name_zh", "team__name_en"))
    named = days.values("team__code", name=name)
    return named.annotate(total=Sum("minutes")).order_by("-total", "team__code")


def get_team_of(user: User, code: str, day: date) -> Team:
    """A team that the person belongs to that day, or 404."""
    mine = memberships_of(user, day).values("team")
    return get_object_or_404(Team.objects.filter(pk__in=mine), code=code)


def people_ranked(team: Team, period: Period) -> QuerySet[Any, Any]:
    """The team's present members who agreed to be named, with their minutes for it."""
    members = Membership.objects.filter(team=team).on(period.last)
    agreed = BoardConsent.objects.in_force().filter(user__in=members.values("user"))
    done = approved().filter(team=team, date__range=(period.first, period.last))
    named = done.filter(volunteer__in=agreed.values("user")).values(
        "volunteer", name=F("volunteer__display_name")
    )
    found: QuerySet[Any, Any] = named.annotate(total=Sum("counted"))
    return found.order_by("-total", "volunteer")
