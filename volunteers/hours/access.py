"""Whose hours one may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.hours import rules
from volunteers.hours.models import HourEntry, HourEntryQuerySet, HourState
from volunteers.teams.access import teams_since
from volunteers.teams.models import Team


@dataclass(frozen=True)
class Totals:
    """Minutes that stand, minutes that wait for a decision, and what they come to in stars."""

    approved: int
    waiting: int

    @property
    def stars(self) -> int:
        return rules.stars(self.approved)

    @property
    def next_star(self) -> int | None:
        """Hours at which the next star can be awarded."""
        return rules.next_star(self.approved)


def totals_of(user: User) -> Totals:
    """What the person's ledger comes to: one query along an index."""
    approved = Q(state=HourState.APPROVED)
    waiting = Q(state__in=[HourState.SUBMITTED, HourState.NEEDS_INFO])
    summed = HourEntry.objects.of(user).aggregate(
        approved=Sum("minutes", filter=approved, default=0),
        waiting=Sum("minutes", filter=waiting, default=0),
    )
    return Totals(**summed)


def teams_to_enter_for(user: User, now: datetime) -> list[Team]:
    """The teams that the person can enter service for, the one of the last record first."""
    members = teams_since(user, today(now - rules.ENTERED_WITHIN))
    last = HourEntry.objects.of(user).order_by("-created_at").values_list("team", flat=True).first()
    teams = {member.team.pk: member.team for member in members}
    return sorted(teams.values(), key=lambda team: (team.pk != last, team.code))


def own_hours(user: User) -> HourEntryQuerySet:
    """The person's own records, the latest first."""
    return HourEntry.objects.of(user).for_list()


def get_own_entry(user: User, pk: UUID) -> HourEntry:
    """The person's own record, or 404."""
    return get_object_or_404(own_hours(user), pk=pk)
