"""What is checked before a record of hours is kept: its times, the team, and the person's day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from lishui_center.accounts.models import User
from lishui_center.common.dates import clock, short_date
from volunteers.allowances.access import days_allowed
from volunteers.hours import rules
from volunteers.hours.errors import (
    DayFullError,
    HoursOverlapError,
    InTheFutureError,
    NotMemberError,
    NoWholeMinuteError,
    ProjectNotActiveError,
    ProjectNotOfTeamError,
    TheirDayFullError,
    TheirOverlapError,
    TheyNotMemberError,
    TimesTurnedError,
    TooLongError,
    TooOldError,
    UnknownProjectError,
)
from volunteers.hours.models import HourEntry
from volunteers.projects.models import Project
from volunteers.teams.models import Membership, Team


def check_times(start: datetime, end: datetime, now: datetime, *, within: timedelta) -> None:
    """Refuse times that no ledger can hold, later than now, or longer ago than `within`."""
    if end <= start:
        raise TimesTurnedError
    if not (rules.is_whole_minute(start) and rules.is_whole_minute(end)):
        raise NoWholeMinuteError
    if end - start > rules.LONGEST:
        raise TooLongError
    if end > now + rules.CLOCKS_DIFFER:
        raise InTheFutureError
    if start < now - within:
        raise TooOldError(days=within.days)


def team_of(volunteer: User, code: str, day: date, *, by_another: bool = False) -> Team:
    """The team that the volunteer belonged to that day.

    Raises:
        NotMemberError, TheyNotMemberError: in words for the volunteer, or for somebody else.
    """
    found = Membership.objects.of(volunteer).on(day).filter(team__code=code).first()
    if found is None:
        raise TheyNotMemberError if by_another else NotMemberError
    return found.team


def project_of(team: Team, code: str, day: date) -> Project | None:
    """The project that the service was for; of the team, and under way that day.

    Raises:
        UnknownProjectError, ProjectNotOfTeamError, ProjectNotActiveError.
    """
    if not code:
        return None
    found = Project.objects.filter(code=code)
    if not found.exists():
        raise UnknownProjectError
    if not found.filter(links__team=team).exists():
        raise ProjectNotOfTeamError
    project = found.active_on(day).first()
    if project is None:
        raise ProjectNotActiveError
    return project


def check_day(
    volunteer: User, start: datetime, end: datetime, *, by_another: bool = False
) -> Mapping[date, int]:
    """Refuse an overlap by naming the other record, and more than a day may hold: {day: minutes}.

    The town's administrator can have lifted the limit of a day.

    Raises:
        HoursOverlapError, DayFullError, and their like for somebody else.
    """
    days = dict(rules.by_day(start, end))
    others = HourEntry.objects.of(volunteer).counting().touching(min(days), max(days))
    taken: dict[date, int] = dict(days)
    for other in others:
        if other.starts_at < end and start < other.ends_at:
            overlap = TheirOverlapError if by_another else HoursOverlapError
            raise overlap(start=clock(other.starts_at), end=clock(other.ends_at))
        for day, minutes in rules.by_day(other.starts_at, other.ends_at):
            taken[day] = taken.get(day, 0) + minutes
    full = [day for day in days if taken[day] > rules.DAY_MINUTES]
    lifted = days_allowed(volunteer, full) if full else frozenset()
    for day in full:
        if day not in lifted:
            raise (TheirDayFullError if by_another else DayFullError)(day=short_date(day))
    return days
