"""Recording volunteer hours. Only this file writes entries and their minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.dates import clock, short_date
from lishui_center.common.retries import retry_on_conflict
from lishui_center.photos.models import Photo
from services.standing.rules import clean_words
from volunteers.hours import rules
from volunteers.hours.errors import (
    DayFullError,
    EntryChangedError,
    HoursOverlapError,
    InTheFutureError,
    NotMemberError,
    NoWholeMinuteError,
    ProjectNotActiveError,
    ProjectNotOfTeamError,
    TimesTurnedError,
    TooLongError,
    TooOldError,
    UnknownProjectError,
)
from volunteers.hours.models import NOTE_LENGTH, Evidence, HourEntry, HourMinute, Source
from volunteers.projects.models import Project
from volunteers.teams.models import Membership, Team


@dataclass(frozen=True)
class Service:
    """What somebody says they did: from `start` up to `end`; `id` is the client's own."""

    id: UUID
    team: str
    start: datetime
    end: datetime
    project: str = ""
    note: str = ""
    photo: Photo | None = None

    @property
    def fingerprint(self) -> str:
        return rules.fingerprint(
            team=self.team,
            project=self.project,
            start=self.start,
            end=self.end,
            note=self.note,
            photo=self.photo.digest if self.photo else "",
        )


@dataclass(frozen=True)
class Recorded:
    """The entry, and whether this call made it."""

    entry: HourEntry
    is_new: bool


@retry_on_conflict
@transaction.atomic
def record_hours(*, volunteer: User, service: Service, now: datetime) -> Recorded:
    """Keep what the volunteer did, once, however often it is sent.

    The person's row is locked while their day is looked at; the minutes' unique key is what makes
    an overlap impossible.

    Raises:
        Http404: the id is somebody else's.
        RuleError: one of hours.errors; nothing was written.
    """
    User.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
    if known := HourEntry.objects.select_related("team", "project").filter(pk=service.id).first():
        return Recorded(_same(known, volunteer, service), is_new=False)
    _check_times(service, now)
    team = _team_of(volunteer, service)
    project = _project_of(team, service)
    _check_day(volunteer, service)
    entry = write_entry(
        HourEntry(
            id=service.id,
            volunteer=volunteer,
            team=team,
            project=project,
            starts_at=service.start,
            ends_at=service.end,
            note=clean_words(service.note)[:NOTE_LENGTH],
            source=Source.VOLUNTEER,
            evidence=Evidence.PHOTO if service.photo else Evidence.STATEMENT,
            photo=service.photo,
            request_hash=service.fingerprint,
            created_at=now,
        )
    )
    record(volunteer, "hours.submitted", entry.pk.hex, minutes=entry.minutes)
    return Recorded(entry, is_new=True)


def write_entry(entry: HourEntry) -> HourEntry:
    """Write a new record with its days and minutes. Within a transaction.

    Raises:
        IntegrityError: a minute of it is taken.
    """
    entry.date, entry.last_date = today(entry.starts_at), today(entry.ends_at - rules.MINUTE)
    entry.minutes = rules.minutes_between(entry.starts_at, entry.ends_at)
    entry.save(force_insert=True)
    HourMinute.objects.bulk_create(
        HourMinute(entry=entry, volunteer_id=entry.volunteer_id, minute=minute)
        for minute in rules.minute_keys(entry.starts_at, entry.ends_at)
    )
    return entry


def remove_spent_minutes(*, now: datetime) -> int:
    """Remove the minutes of days that nobody can enter any more. Safe to run twice."""
    spent = int((now - rules.ENTERED_WITHIN - rules.LONGEST).timestamp()) // 60
    return HourMinute.objects.filter(minute__lt=spent).delete()[0]


def _same(known: HourEntry, volunteer: User, service: Service) -> HourEntry:
    if known.volunteer_id != volunteer.pk:
        raise Http404
    if known.request_hash != service.fingerprint:
        raise EntryChangedError
    return known


def _check_times(service: Service, now: datetime) -> None:
    if service.end <= service.start:
        raise TimesTurnedError
    if not (rules.is_whole_minute(service.start) and rules.is_whole_minute(service.end)):
        raise NoWholeMinuteError
    if service.end - service.start > rules.LONGEST:
        raise TooLongError
    if service.end > now + rules.CLOCKS_DIFFER:
        raise InTheFutureError
    if service.start < now - rules.ENTERED_WITHIN:
        raise TooOldError(days=rules.ENTERED_WITHIN.days)


def _team_of(volunteer: User, service: Service) -> Team:
    member = Membership.objects.of(volunteer).on(today(service.start))
    found = member.filter(team__code=service.team).first()
    if found is None:
        raise NotMemberError
    return found.team


def _project_of(team: Team, service: Service) -> Project | None:
    """The project that the service was for; of the team, and under way that day."""
    if not service.project:
        return None
    found = Project.objects.filter(code=service.project)
    if not found.exists():
        raise UnknownProjectError
    if not found.filter(links__team=team).exists():
        raise ProjectNotOfTeamError
    project = found.active_on(today(service.start)).first()
    if project is None:
        raise ProjectNotActiveError
    return project


def _check_day(volunteer: User, service: Service) -> None:
    """Refuse an overlap by naming the other record, and more than a day may hold."""
    days = dict(rules.by_day(service.start, service.end))
    others = HourEntry.objects.of(volunteer).counting().touching(min(days), max(days))
    taken: dict[date, int] = dict.fromkeys(days, 0)
    for other in others:
        if other.starts_at < service.end and service.start < other.ends_at:
            raise HoursOverlapError(start=clock(other.starts_at), end=clock(other.ends_at))
        for day, minutes in rules.by_day(other.starts_at, other.ends_at):
            taken[day] = taken.get(day, 0) + minutes
    for day, minutes in days.items():
        if taken[day] + minutes > rules.DAY_MINUTES:
            raise DayFullError(day=short_date(day))
