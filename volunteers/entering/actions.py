"""Entering service for others: a leader for an evening's members, staff for what came late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.allowances.models import REASON_LENGTH, DayAllowance
from volunteers.entering.errors import (
    AllowedAlreadyError,
    BasisWantedError,
    NobodyTickedError,
    NotAdministratorError,
    NotLeaderError,
)
from volunteers.hours.access import vouches_for
from volunteers.hours.actions import Entered, Recorded, Service, record_for, record_hours
from volunteers.hours.errors import NotYourTeamError, ReasonWantedError
from volunteers.hours.models import Evidence, Source
from volunteers.teams.access import memberships_of
from volunteers.teams.models import Team


@dataclass(frozen=True)
class Evening:
    """What several people did together; `key` is made when the form opens."""

    key: UUID
    start: datetime
    end: datetime
    note: str = ""

    def service_of(self, person: User, team: Team) -> Service:
        """One person's part; the same id however often the evening is sent."""
        pk = uuid5(self.key, str(person.pk))
        return Service(pk, team.code, self.start, self.end, note=self.note)


@dataclass(frozen=True)
class Outcome:
    """What became of one person's part: recorded, or why not."""

    person: User
    refusal: RuleError | None = None


def record_evening(
    *, team: Team, evening: Evening, people: Sequence[User], by: User, now: datetime
) -> list[Outcome]:
    """Enter the evening for each of the people; the leader's own part is the leader's own record.

    Each part stands by itself: one that is refused leaves the others recorded, and the whole can
    be sent again.

    Raises:
        NotLeaderError, NobodyTickedError: nothing was written.
    """
    if not memberships_of(by, today(now)).deciding().filter(team=team).exists():
        raise NotLeaderError
    if not people:
        raise NobodyTickedError
    entered = Entered(by, Source.LEADER)
    outcomes = []
    for person in sorted(people, key=lambda person: person.pk):
        service = evening.service_of(person, team)
        try:
            if person.pk == by.pk:
                record_hours(volunteer=person, service=service, now=now)
            else:
                record_for(volunteer=person, service=service, entered=entered, now=now)
        except RuleError as refusal:
            outcomes.append(Outcome(person, refusal))
        else:
            outcomes.append(Outcome(person))
    return outcomes


@dataclass(frozen=True)
class Grounds:
    """Why staff enter it, and what it rests on."""

    reason: str
    basis: str
    evidence: Evidence = Evidence.STATEMENT


def enter_late(
    *, volunteer: User, team: Team, service: Service, grounds: Grounds, by: User, now: datetime
) -> Recorded:
    """Enter service for a volunteer, also of long ago; it counts once a second person confirms.

    The minutes of days older than rules.ENTERED_WITHIN are removed every night, so they cannot
    guard such a day by themselves. Under the lock of the person's row the day's counting records
    are looked at, and their minutes written anew before the new ones are taken: two entries that
    race meet at the same unique keys.

    Raises:
        OwnRecordError, NotYourTeamError, BasisWantedError, RuleError: nothing was written.
    Source: domain.md, "Volunteer hours": staff entries need a second person.
    """
    if volunteer.pk == by.pk:
        raise OwnRecordError
    if not vouches_for(by, team, now):
        raise NotYourTeamError
    if not (clean_words(grounds.reason) and clean_words(grounds.basis)):
        raise BasisWantedError
    entered = Entered(
        by,
        Source.STAFF,
        grounds.evidence,
        grounds.basis,
        grounds.reason,
        timedelta(days=settings.HOURS_BACK_ENTRY_DAYS),
    )
    return record_for(volunteer=volunteer, service=service, entered=entered, now=now)


@transaction.atomic
def allow_long_day(
    *, volunteer: User, day: date, reason: str, by: User, now: datetime
) -> DayAllowance:
    """Lift the limit of twelve hours for one person's one day.

    Raises:
        NotAdministratorError, OwnRecordError, ReasonWantedError, AllowedAlreadyError: nothing
            was written.
    """
    if not by.is_town_admin(today(now)):
        raise NotAdministratorError
    if volunteer.pk == by.pk:
        raise OwnRecordError
    words = clean_words(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonWantedError
    try:
        with transaction.atomic():
            allowance = DayAllowance.objects.create(
                volunteer=volunteer, day=day, reason=words, made_by=by, made_at=now
            )
    except IntegrityError:
        raise AllowedAlreadyError from None
    record(by, "hours.day_allowed", allowance, volunteer=volunteer.pk, day=day.isoformat())
    return allowance
