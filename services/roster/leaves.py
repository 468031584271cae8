"""Asking for leave, and deciding on it."""

from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.dates import short_date
from lishui_center.common.language import in_language
from services.centres.models import Centre
from services.roster.actions import lock_people
from services.roster.errors import (
    LeaveBackwardsError,
    LeaveDecidedError,
    LeaveHasShiftsError,
    LeaveOverError,
    LeaveOverlapsError,
    NotStaffError,
    NotYoursError,
)
from services.roster.messages import tell_leave
from services.roster.models import Leave, LeaveKind, LeaveState, Shift
from services.standing.errors import OwnRecordError

NAMED_DAYS = 5


@transaction.atomic
def ask_leave(
    *, centre: Centre, staff: User, days: tuple[date, date], kind: LeaveKind, now: datetime
) -> Leave:
    """Ask the centre's manager for the days from the first to the last.

    Raises:
        LeaveBackwardsError, NotStaffError, LeaveOverlapsError: nothing was written.
    """
    first, last = days
    if last < first or last < today(now):
        raise LeaveBackwardsError
    lock_people([staff.pk])
    if not staff.works_at(centre.pk, today(now)):
        raise NotStaffError
    known = Leave.objects.filter(staff=staff).standing()
    if other := known.touching(first, last).first():
        raise LeaveOverlapsError(first=short_date(other.first), last=short_date(other.last))
    leave = Leave.objects.create(
        centre=centre, staff=staff, first=first, last=last, kind=kind, asked_at=now
    )
    record(staff, "leave.asked", leave, centre_id=centre.pk)
    return leave


@transaction.atomic
def decide_leave(*, leave_id: int, granted: bool, note: str, by: User, now: datetime) -> Leave:
    """Grant or decline it, and tell the person. Nobody decides on their own.

    Granting takes that the person has no shift on these days, so that no duty is lost silently;
    the person's row is locked, so that none is planned meanwhile.

    Raises:
        LeaveDecidedError, OwnRecordError, LeaveHasShiftsError: nothing was written.
    """
    leave = Leave.objects.select_for_update(no_key=True).get(pk=leave_id)
    if leave.state != LeaveState.ASKED:
        raise LeaveDecidedError
    if leave.staff_id == by.pk:
        raise OwnRecordError
    if granted:
        _check_no_shifts(leave, now)
    leave.state = LeaveState.GRANTED if granted else LeaveState.DECLINED
    leave.note, leave.decided_by, leave.decided_at = note, by, now
    leave.save(update_fields=["state", "note", "decided_by", "decided_at"])
    record(by, f"leave.{leave.state}", leave, centre_id=leave.centre_id)
    tell_leave(leave, now=now)
    return leave


@transaction.atomic
def withdraw_leave(*, leave_id: int, by: User, now: datetime) -> Leave:
    """Take one's own leave back while it is not over; the days can be planned again.

    Raises:
        NotYoursError, LeaveOverError: nothing changed.
    """
    leave = Leave.objects.select_for_update(no_key=True).get(pk=leave_id)
    if leave.staff_id != by.pk:
        raise NotYoursError
    if not leave.can_be_withdrawn or leave.last < today(now):
        raise LeaveOverError
    before, leave.state = leave.state, LeaveState.WITHDRAWN
    leave.save(update_fields=["state"])
    record(by, "leave.withdrawn", leave, centre_id=leave.centre_id, before=before)
    return leave


def _check_no_shifts(leave: Leave, now: datetime) -> None:
    lock_people([leave.staff_id])
    shifts = Shift.objects.filter(staff=leave.staff_id).between(
        max(leave.first, today(now)), leave.last
    )
    days = list(shifts.order_by("date").values_list("date", flat=True).distinct())
    if days:
        named = in_language("、", ", ").join(short_date(day) for day in days[:NAMED_DAYS])
        raise LeaveHasShiftsError(days=named + ("…" if len(days) > NAMED_DAYS else ""))
