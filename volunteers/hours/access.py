"""Whose hours one may see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.hours import rules
from volunteers.hours.ledger import approved_minutes
from volunteers.hours.models import HourEntry, HourEntryQuerySet, HourState, Source
from volunteers.teams.access import memberships_of, teams_since
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
    """What the person's ledger comes to, with confirmed corrections."""
    undecided = HourEntry.objects.of(user).filter(
        state__in=[HourState.SUBMITTED, HourState.NEEDS_INFO]
    )
    waiting = undecided.aggregate(sum=Sum("minutes", default=0))["sum"]
    return Totals(approved_minutes(people=[user.pk])[user.pk], waiting)


def teams_to_enter_for(user: User, now: datetime) -> list[Team]:
    """The teams that the person can enter service for, the one of the last record first."""
    members = teams_since(user, today(now - rules.ENTERED_WITHIN))
    last = HourEntry.objects.of(user).order_by("-created_at").values_list("team", flat=True).first()
    teams = {member.team.pk: member.team for member in members}
    return sorted(teams.values(), key=lambda team: (team.pk != last, team.code))


def may_decide(user: User, team: Team, now: datetime) -> bool:
    """Whether the person leads the team today, or works at its centre."""
    leads = memberships_of(user, today(now)).deciding().filter(team=team)
    return vouches_for(user, team, now) or leads.exists()


def may_decide_on(user: User, entry: HourEntry, now: datetime) -> bool:
    """The same for one record: what staff entered, only staff confirm."""
    if entry.source == Source.STAFF:
        return vouches_for(user, entry.team, now)
    return may_decide(user, entry.team, now)


def vouches_for(user: User, team: Team, now: datetime) -> bool:
    """Whether the person works at the team's centre; town-wide teams have the administrators."""
    day = today(now)
    return user.works_at(team.centre_id, day) if team.centre_id else user.is_town_admin(day)


def minutes_by_day(entries: Sequence[HourEntry]) -> Counter[tuple[int, date]]:
    """{(volunteer, local day): minutes that count}, of all teams: one query for any number."""
    found: Counter[tuple[int, date]] = Counter()
    if not entries:
        return found
    first = min(entry.date for entry in entries)
    last = max(entry.last_date for entry in entries)
    people = {entry.volunteer_id for entry in entries}
    counted = HourEntry.objects.counting().filter(volunteer__in=people)
    for other in counted.touching(first, last):
        for day, minutes in rules.by_day(other.starts_at, other.ends_at):
            found[other.volunteer_id, day] += minutes
    return found


def is_over_eight_hours(entry: HourEntry, minutes: Counter[tuple[int, date]]) -> bool:
    """Whether a day of the record comes to more than stands on a leader's word."""
    days = (entry.date, entry.last_date)
    return any(minutes[entry.volunteer_id, day] > rules.LEADER_MINUTES for day in days)


def own_hours(user: User) -> HourEntryQuerySet:
    """The person's own records, the latest first."""
    return HourEntry.objects.of(user).for_list()


def get_own_entry(user: User, pk: UUID) -> HourEntry:
    """The person's own record, or 404."""
    return get_object_or_404(own_hours(user), pk=pk)


def hours_to_decide(team: Team) -> HourEntryQuerySet:
    """What waits for the team's leader, the earliest service first; staff confirm their own."""
    waiting = HourEntry.objects.filter(team=team).to_decide().exclude(source=Source.STAFF)
    return waiting.select_related("volunteer", "team").order_by("starts_at", "pk")


def get_entry_of_team(team: Team, pk: UUID) -> HourEntry:
    """A record of the team that waits, or 404."""
    return get_object_or_404(hours_to_decide(team), pk=pk)
