"""Planning, changing and removing shifts. Only this file writes shifts and their cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min, Q

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import clock_text, moment, today
from lishui_center.common.retries import retry_on_conflict
from services.centres.actions import save_setting
from services.centres.models import Centre, Window
from services.roster.access import is_staff_of
from services.roster.errors import (
    BreakOutsideError,
    NotStaffError,
    OnLeaveError,
    OverMidnightError,
    PersonBusyError,
    ShiftChangedError,
    ShiftOverError,
    WindowElsewhereError,
    WindowTakenError,
)
from services.roster.messages import remind, tell_changed, tell_removed, told_facts
from services.roster.models import Leave, RosterPolicy, Shift, ShiftCell, SwapRequest, SwapState
from services.roster.rules import Hours


@dataclass(frozen=True)
class Duty:
    """Who is where, and from when to when; no window is the front desk."""

    staff: User
    window: Window | None
    date: date
    hours: Hours


@retry_on_conflict
@transaction.atomic
def plan_shift(*, centre: Centre, duty: Duty, by: User, now: datetime) -> Shift:
    """Put one person on the centre's roster and ask for the reminders.

    The constraints on the cells hold that nobody is at two places and no window has two people.

    Raises:
        OverMidnightError, BreakOutsideError, ShiftOverError, WindowElsewhereError,
        NotStaffError, OnLeaveError, PersonBusyError, WindowTakenError: nothing was written.
    """
    shift = _filled(Shift(centre=centre), duty)
    _check(shift, now)
    shift.save(force_insert=True)
    write_cells([shift])
    record(by, "shift.planned", shift, centre_id=centre.pk, duty=_facts(shift))
    remind([shift], now=now)
    return shift


@retry_on_conflict
@transaction.atomic
def change_shift(*, shift_id: int, version: int, duty: Duty, by: User, now: datetime) -> Shift:
    """Change who, where or when, and tell whom it concerns.

    Open requests to swap it end; its old reminders are dropped.

    Raises:
        ShiftChangedError: `version` is not the one that was looked at.
        As `plan_shift`: nothing was written.
    """
    shift = _lock(shift_id, version, now)
    before, old = _facts(shift), told_facts(shift)
    had = shift.staff
    _filled(shift, duty)
    _check(shift, now)
    rewrite([shift], now=now)
    if had != shift.staff:
        tell_removed(shift, had, old, by=by, now=now)
    tell_changed(shift, by=by, now=now)
    record(
        by, "shift.changed", shift, centre_id=shift.centre_id, before=before, after=_facts(shift)
    )
    return shift


@retry_on_conflict
@transaction.atomic
def remove_shift(*, shift_id: int, version: int, by: User, now: datetime) -> None:
    """Take the shift off the roster and tell its person; its reminders are dropped.

    Raises:
        ShiftChangedError, ShiftOverError: nothing was written.
    """
    shift = _lock(shift_id, version, now)
    record(by, "shift.removed", shift, centre_id=shift.centre_id, duty=_facts(shift))
    tell_removed(shift, shift.staff, told_facts(shift), by=by, now=now)
    shift.delete()


@transaction.atomic
def set_roster_policy(*, policy: RosterPolicy, by: User) -> None:
    """Store what the centre's roster is for."""
    save_setting(row=policy, by=by)


def rewrite(shifts: list[Shift], *, now: datetime) -> None:
    """Store changed shifts as new versions, with cells and reminders. Within a transaction.

    All old cells go before the new ones come, so that two shifts can change hands.
    """
    ShiftCell.objects.filter(shift__in=shifts).delete()
    for shift in shifts:
        shift.version += 1
    Shift.objects.bulk_update(
        shifts,
        [
            *("staff", "window", "date", "from_cell", "to_cell"),
            *("break_from_cell", "break_to_cell", "version"),
        ],
    )
    write_cells(shifts)
    SwapRequest.objects.about(*shifts).open().update(state=SwapState.WITHDRAWN, answered_at=now)
    remind(shifts, now=now)


def write_cells(shifts: Iterable[Shift]) -> None:
    """Take the person's and the window's time; a break takes the person's only.

    Raises:
        IntegrityError: somebody is twice at one time, or a window has two people.
    """
    ShiftCell.objects.bulk_create(
        [
            ShiftCell(
                shift=shift,
                date=shift.date,
                cell=cell,
                staff_id=shift.staff_id,
                window_id=shift.window_id if cell in on_duty else None,
            )
            for shift in shifts
            for on_duty in [set(shift.hours.on_duty)]
            for cell in range(shift.from_cell, shift.to_cell)
        ],
        batch_size=2000,
    )


def lock_people(pks: Iterable[int]) -> dict[int, User]:
    """The people in pk order, so that no leave of theirs is granted meanwhile: {pk: user}."""
    people = User.objects.select_for_update(no_key=True).filter(pk__in=list(pks))
    return {person.pk: person for person in people.order_by("pk")}


def check_free(shift: Shift, staff: User, *, besides: Iterable[Shift] = ()) -> None:
    """Refuse the shift to a person who is elsewhere or on leave; `besides` are about to move too.

    Raises:
        NotStaffError, OnLeaveError, PersonBusyError
    """
    if not is_staff_of(shift.centre_id, shift.date, staff):
        raise NotStaffError
    on_leave = Leave.objects.granted().touching(shift.date, shift.date)
    if on_leave.filter(staff=staff).exists():
        raise OnLeaveError
    taken = _taken(shift, Q(staff=staff), range(shift.from_cell, shift.to_cell), besides)
    if taken:
        raise PersonBusyError(start=taken[0], end=taken[1])


def remove_spent_cells(*, now: datetime) -> int:
    """Remove the cells of past days: nothing is planned there any more. Safe to run twice."""
    return ShiftCell.objects.filter(date__lt=today(now)).delete()[0]


def _check(shift: Shift, now: datetime) -> None:
    hours = shift.hours
    if not hours.is_within_the_day:
        raise OverMidnightError
    if not hours.holds_its_break:
        raise BreakOutsideError
    if moment(shift.date, hours.end) <= now:
        raise ShiftOverError
    if shift.window and shift.window.centre_id != shift.centre_id:
        raise WindowElsewhereError
    check_free(shift, lock_people([shift.staff_id])[shift.staff_id])
    if shift.window:
        taken = _taken(shift, Q(window=shift.window), hours.on_duty, ())
        if taken:
            raise WindowTakenError(start=taken[0], end=taken[1])


def _taken(
    shift: Shift, where: Q, cells: Iterable[int], besides: Iterable[Shift]
) -> tuple[str, str] | None:
    """From when to when other shifts have these cells; None when they are free."""
    others = ShiftCell.objects.filter(where, date=shift.date, cell__in=list(cells))
    if shift.pk:
        others = others.exclude(shift=shift)
    span = others.exclude(shift__in=list(besides)).aggregate(first=Min("cell"), last=Max("cell"))
    if span["first"] is None:
        return None
    return clock_text(span["first"]), clock_text(span["last"] + 1)


def _filled(shift: Shift, duty: Duty) -> Shift:
    shift.staff, shift.window, shift.date = duty.staff, duty.window, duty.date
    shift.from_cell, shift.to_cell = duty.hours.first, duty.hours.end
    shift.break_from_cell, shift.break_to_cell = duty.hours.rest or (None, None)
    return shift


def _lock(shift_id: int, version: int, now: datetime) -> Shift:
    """The shift as the caller saw it, locked.

    Raises:
        ShiftChangedError, ShiftOverError
    """
    shift = Shift.objects.select_for_update(no_key=True).filter(pk=shift_id).first()
    if shift is None or shift.version != version:
        raise ShiftChangedError
    if shift.ends_at <= now:
        raise ShiftOverError
    return shift


def _facts(shift: Shift) -> dict[str, str | int | None]:
    return {
        "staff": shift.staff_id,
        "window": shift.window_id,
        "date": shift.date.isoformat(),
        "from_cell": shift.from_cell,
        "to_cell": shift.to_cell,
    }
