"""Whose hours one may see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.hours import rules
from volunteers.hours.ledger import approved_minutes
from volunteers.hours.models import HourEntry, HourEntryQuerySet, HourState, Source
from volunteers.projects.models import Project, ProjectTeam
from volunteers.teams.access import memberships_of, teams_since
from volunteers.teams.models import Team

LONGEST_NUMBER = 15
"""Digits of a session's number: no database takes a longer one."""


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


@dataclass(frozen=True)
class Known:
    """What a form of hours offers: teams, each project with its team, and the last one's code."""

    teams: Sequence[Team] = ()
    projects: Sequence[tuple[Project, Team]] = ()
    last_project: str = ""


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


def minutes_for_project(project: Project) -> int:
    """The approved minutes of everybody for the project, with confirmed corrections."""
    return approved_minutes(projects=[project.pk], by="project")[project.pk]


def known_to(user: User, now: datetime) -> Known:
    """What the person can enter service for: four queries."""
    teams = teams_to_enter_for(user, now)
    first = today(now - rules.ENTERED_WITHIN)
    links = ProjectTeam.objects.filter(
        team__in=teams, project__in=Project.objects.active_since(first).values("pk")
    ).order_by("team__code", "project__code")
    projects = [(link.project, link.team) for link in links.select_related("project", "team")]
    last = HourEntry.objects.of(user).order_by("-created_at").values_list("project__code").first()
    return Known(teams, projects, last[0] or "" if last else "")


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


def hours_to_decide(team: Team, session: str = "") -> HourEntryQuerySet:
    """What waits for the team's leader, the earliest service first; of one session, if asked.

    What staff entered is confirmed by staff.
    """
    waiting = HourEntry.objects.filter(team=team).to_decide().exclude(source=Source.STAFF)
    if session:
        is_number = session.isdecimal() and len(session) <= LONGEST_NUMBER
        waiting = waiting.filter(session=int(session) if is_number else 0)
    return waiting.select_related("volunteer", "team", "project").order_by("starts_at", "pk")


def get_entry_of_team(team: Team, pk: UUID) -> HourEntry:
    """A record of the team that waits, or 404."""
    return get_object_or_404(hours_to_decide(team), pk=pk)


def get_entry_with_photo(user: User, pk: UUID, now: datetime) -> HourEntry:
    """A record that has a photo, one's own or one to decide on, or 404."""
    found = HourEntry.objects.select_related("photo", "team").exclude(photo=None)
    entry = get_object_or_404(found, pk=pk)
    if entry.volunteer_id != user.pk and not may_decide(user, entry.team, now):
        raise Http404
    return entry
