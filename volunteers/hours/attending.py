"""Records of hours that come from attendance at a session: nobody types them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from volunteers.history.actions import note
from volunteers.history.models import Act
from volunteers.hours import rules
from volunteers.hours.actions import write_entry
from volunteers.hours.models import Evidence, HourEntry, Source
from volunteers.teams.models import Team

NAMESPACE = UUID("5f0c4f7e-26a5-4bb5-9d0c-6c6fb4b0a3d1")


@dataclass(frozen=True)
class Attendance:
    """That somebody served at a session, from `start` to `end`; `vouched_by` None is the code's.

    The team is the organiser's: who organises records, whoever's member the volunteer is.
    """

    session_id: int
    team: Team
    start: datetime
    end: datetime
    vouched_by: User | None = None
    project_id: int | None = None

    def entry_id(self, volunteer: User) -> UUID:
        """The same for the same person and session: recorded once, however often it is asked."""
        return uuid5(NAMESPACE, f"{self.session_id}/{volunteer.pk}")


@retry_on_conflict
@transaction.atomic
def record_attendance(
    *, volunteer: User, attendance: Attendance, now: datetime
) -> HourEntry | None:
    """Keep the served time as a record that waits for the leader. Safe to run twice.

    What another record takes already is left out: the longest free stretch is kept, no more than
    a day may hold. None when nothing is left, or it is too long ago; the attendance itself stays
    with the sign-up, so nothing is lost, and the leader's list shows the difference.

    It is not approved by the scan alone: the code tells who was there and how long, the leader
    vouches that it was service, for a whole session at once.
    Source: domain.md, "Volunteer hours".
    """
    User.objects.select_for_update(no_key=True).filter(pk=volunteer.pk).first()
    if known := HourEntry.objects.filter(pk=attendance.entry_id(volunteer)).first():
        return known
    period = _free_of(volunteer, attendance)
    if period is None or period[0] < now - rules.ENTERED_WITHIN:
        return None
    return _write(volunteer, attendance, period, now)


def _write(
    volunteer: User, attendance: Attendance, period: rules.Period, now: datetime
) -> HourEntry:
    start, end = period
    is_scan = attendance.vouched_by is None
    entry = write_entry(
        HourEntry(
            id=attendance.entry_id(volunteer),
            volunteer=volunteer,
            team=attendance.team,
            project_id=attendance.project_id,
            session_id=attendance.session_id,
            starts_at=start,
            ends_at=end,
            source=Source.SESSION,
            evidence=Evidence.SCAN if is_scan else Evidence.SCAN_AND_LEADER,
            request_hash=rules.fingerprint(
                team=attendance.team.code, project="", start=start, end=end, note="", photo=""
            ),
            created_at=now,
        )
    )
    note(entry.pk, Act.ATTENDED, by=attendance.vouched_by or volunteer, now=now)
    record(
        attendance.vouched_by or volunteer,
        "hours.attended",
        entry.pk.hex,
        minutes=entry.minutes,
        session=attendance.session_id,
    )
    return entry


def _free_of(volunteer: User, attendance: Attendance) -> rules.Period | None:
    start, end = attendance.start, attendance.end
    if end <= start:
        return None
    others = list(
        HourEntry.objects.of(volunteer).counting().touching(today(start), today(end - rules.MINUTE))
    )
    free = rules.longest_free(start, end, [(other.starts_at, other.ends_at) for other in others])
    if free is None:
        return None
    taken: Counter[date] = Counter()
    for other in others:
        for day, minutes in rules.by_day(other.starts_at, other.ends_at):
            taken[day] += minutes
    until = rules.within_day(*free, taken)
    return (free[0], until) if until > free[0] else None
