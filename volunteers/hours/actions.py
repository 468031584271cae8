"""Recording volunteer hours, by the volunteer or for one. Only this file makes entries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from lishui_center.photos.models import Photo
from services.standing.rules import clean_words
from volunteers.history.actions import note
from volunteers.history.models import Act
from volunteers.hours import minutes, rules
from volunteers.hours.checking import check_day, check_times, project_of, team_of
from volunteers.hours.errors import EntryChangedError
from volunteers.hours.messages import tell_entered
from volunteers.hours.models import (
    DEVICE_LENGTH,
    NOTE_LENGTH,
    Evidence,
    HourEntry,
    HourMinute,
    Source,
)


@dataclass(frozen=True)
class Service:
    """What somebody says they did: from `start` up to `end`; `id` is the client's own.

    `device` is a keyed hash of the phone's own random number, or empty.
    """

    id: UUID
    team: str
    start: datetime
    end: datetime
    project: str = ""
    note: str = ""
    photo: Photo | None = None
    device: str = ""

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
class Entered:
    """Who entered it for the volunteer, why, and what it rests on."""

    by: User
    source: Source
    evidence: Evidence = Evidence.STATEMENT
    basis: str = ""
    reason: str = ""
    within: timedelta = rules.ENTERED_WITHIN


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
    return _keep(volunteer, service, None, now)


@retry_on_conflict
@transaction.atomic
def record_for(*, volunteer: User, service: Service, entered: Entered, now: datetime) -> Recorded:
    """The same, entered by somebody else; who may do so is the caller's to know.

    Raises:
        Http404, RuleError: as above, in words about the volunteer.
    """
    return _keep(volunteer, service, entered, now)


def write_entry(entry: HourEntry) -> HourEntry:
    """Write a new record with its days and minutes. Within a transaction.

    Raises:
        IntegrityError: a minute of it is taken.
    """
    entry.date, entry.last_date = today(entry.starts_at), today(entry.ends_at - rules.MINUTE)
    entry.minutes = rules.minutes_between(entry.starts_at, entry.ends_at)
    entry.save(force_insert=True)
    minutes.take(entry)
    return entry


def remove_spent_minutes(*, now: datetime) -> int:
    """Remove the minutes of days that nobody can enter any more. Safe to run twice."""
    spent = int((now - rules.ENTERED_WITHIN - rules.LONGEST).timestamp()) // 60
    return HourMinute.objects.filter(minute__lt=spent).delete()[0]


def _keep(volunteer: User, service: Service, entered: Entered | None, now: datetime) -> Recorded:
    list(User.objects.select_for_update(no_key=True).filter(pk=volunteer.pk).values_list("pk"))
    if known := HourEntry.objects.select_related("team", "project").filter(pk=service.id).first():
        return Recorded(_same(known, volunteer, service), is_new=False)
    within = entered.within if entered else rules.ENTERED_WITHIN
    check_times(service.start, service.end, now, within=within)
    by_another = entered is not None
    team = team_of(volunteer, service.team, today(service.start), by_another=by_another)
    project = project_of(team, service.project, today(service.start))
    days = check_day(volunteer, service.start, service.end, by_another=by_another)
    if within > rules.ENTERED_WITHIN:
        minutes.restore(volunteer, days)
    entry = write_entry(
        HourEntry(
            id=service.id,
            volunteer=volunteer,
            team=team,
            project=project,
            starts_at=service.start,
            ends_at=service.end,
            note=clean_words(service.note)[:NOTE_LENGTH],
            photo=service.photo,
            device=service.device[:DEVICE_LENGTH],
            request_hash=service.fingerprint,
            created_at=now,
            **_origin(service, entered),
        )
    )
    _say(entry, volunteer, entered, now)
    return Recorded(entry, is_new=True)


def _origin(service: Service, entered: Entered | None) -> dict[str, Any]:
    if entered is None:
        evidence = Evidence.PHOTO if service.photo else Evidence.STATEMENT
        return {"source": Source.VOLUNTEER, "evidence": evidence}
    return {
        "source": entered.source,
        "evidence": entered.evidence,
        "entered_by": entered.by,
        "basis": clean_words(entered.basis)[:NOTE_LENGTH],
    }


def _say(entry: HourEntry, volunteer: User, entered: Entered | None, now: datetime) -> None:
    if entered is None:
        note(entry.pk, Act.SENT, by=volunteer, now=now)
        record(volunteer, "hours.submitted", entry.pk.hex, minutes=entry.minutes)
        return
    note(entry.pk, Act.ENTERED, by=entered.by, now=now, text=clean_words(entered.reason))
    record(
        entered.by,
        "hours.entered",
        entry.pk.hex,
        minutes=entry.minutes,
        volunteer=volunteer.pk,
        source=entered.source,
        basis=bool(entered.basis),
    )
    tell_entered(entry, now=now)


def _same(known: HourEntry, volunteer: User, service: Service) -> HourEntry:
    if known.volunteer_id != volunteer.pk:
        raise Http404
    if known.request_hash != service.fingerprint:
        raise EntryChangedError
    return known
