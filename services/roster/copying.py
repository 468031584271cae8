"""Copying a week of the roster to the weeks after it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.retries import retry_on_conflict
from services.centres.models import Centre
from services.roster.access import staff_of
from services.roster.actions import lock_people, write_cells
from services.roster.messages import remind
from services.roster.models import Leave, Shift, ShiftCell
from services.roster.rules import WEEK
from services.roster.staffed import open_days

LAST_DAY = timedelta(days=6)
CLOSED = _("the centre is closed")
ON_LEAVE = _("on leave")
NOT_STAFF = _("no longer works here")
BUSY = _("has another shift")
TAKEN = _("somebody else is at the window")


@dataclass(frozen=True)
class Skipped:
    """A shift that was not copied, as it would have been, and why."""

    shift: Shift
    reason: str


@dataclass(frozen=True)
class Copied:
    """What copying did: shifts made, shifts that were there already, and those left out."""

    made: int
    kept: int
    skipped: tuple[Skipped, ...]


@dataclass
class Occupied:
    """What stands in the way in the weeks copied to; a copied shift takes its time at once."""

    people: set[tuple[int, date, int]]
    windows: set[tuple[int, date, int]]
    there: set[tuple[int, int | None, date, int, int]]
    leaves: list[tuple[int, date, date]]
    staff: set[tuple[int, date]]
    open_days: set[date]

    def obstacle(self, shift: Shift) -> str:
        """Why the shift cannot be planned; empty when it can."""
        obstacles = (
            (shift.date not in self.open_days, CLOSED),
            ((shift.staff_id, shift.date) not in self.staff, NOT_STAFF),
            (self._is_on_leave(shift), ON_LEAVE),
            (not self.people.isdisjoint(_person_cells(shift)), BUSY),
            (not self.windows.isdisjoint(_window_cells(shift)), TAKEN),
        )
        return next((str(reason) for is_so, reason in obstacles if is_so), "")

    def take(self, shift: Shift) -> None:
        """Keep the time for this shift."""
        self.people.update(_person_cells(shift))
        self.windows.update(_window_cells(shift))
        self.there.add(_likeness(shift))

    def _is_on_leave(self, shift: Shift) -> bool:
        return any(
            staff == shift.staff_id and first <= shift.date <= last
            for staff, first, last in self.leaves
        )


@retry_on_conflict
@transaction.atomic
def copy_week(*, centre: Centre, monday: date, weeks: int, by: User, now: datetime) -> Copied:
    """Plan the week from `monday` again in each of the `weeks` after it.

    Whoever is on leave, busy or gone is left out and reported, and so is a day on which the
    centre is closed. What is there already stays, so copying twice changes nothing.
    """
    source = Shift.objects.for_list().filter(centre=centre).between(monday, monday + LAST_DAY)
    wanted = list(_moved(source, weeks, now))
    first, last = monday + WEEK, monday + WEEK * weeks + LAST_DAY
    made, skipped = _sorted(wanted, _occupied(centre, wanted, first, last))
    write_cells(Shift.objects.bulk_create(made, batch_size=500))
    remind(made, now=now)
    kept = len(wanted) - len(made) - len(skipped)
    record(
        by,
        "roster.copied",
        centre,
        centre_id=centre.pk,
        monday=monday.isoformat(),
        made=len(made),
        kept=kept,
        skipped=len(skipped),
    )
    return Copied(len(made), kept, tuple(skipped))


def _sorted(wanted: Iterable[Shift], in_the_way: Occupied) -> tuple[list[Shift], list[Skipped]]:
    """Those that can be planned, and those that cannot; what is there already is neither."""
    made: list[Shift] = []
    skipped: list[Skipped] = []
    for shift in wanted:
        if _likeness(shift) in in_the_way.there:
            continue
        if reason := in_the_way.obstacle(shift):
            skipped.append(Skipped(shift, reason))
            continue
        in_the_way.take(shift)
        made.append(shift)
    return made, skipped


def _moved(source: Iterable[Shift], weeks: int, now: datetime) -> Iterator[Shift]:
    """The shifts as they would be in the later weeks, those over left out."""
    shifts = list(source)
    for number in range(1, weeks + 1):
        for shift in shifts:
            copied = Shift(
                centre=shift.centre,
                staff=shift.staff,
                window=shift.window,
                date=shift.date + WEEK * number,
                from_cell=shift.from_cell,
                to_cell=shift.to_cell,
                break_from_cell=shift.break_from_cell,
                break_to_cell=shift.break_to_cell,
            )
            if copied.ends_at > now:
                yield copied


def _occupied(centre: Centre, wanted: Iterable[Shift], first: date, last: date) -> Occupied:
    """Read what is planned, with the people locked."""
    shifts = list(wanted)
    people = list(lock_people({shift.staff_id for shift in shifts}))
    cells = ShiftCell.objects.filter(date__range=(first, last)).filter(
        Q(staff__in=people) | Q(window__centre=centre)
    )
    rows = list(cells.values_list("staff_id", "window_id", "date", "cell"))
    leaves = Leave.objects.granted().touching(first, last).filter(staff__in=people)
    days = sorted({shift.date for shift in shifts})
    return Occupied(
        people={(staff, day, cell) for staff, _, day, cell in rows},
        windows={(window, day, cell) for _, window, day, cell in rows if window},
        there={
            _likeness(shift) for shift in Shift.objects.filter(centre=centre).between(first, last)
        },
        leaves=list(leaves.values_list("staff_id", "first", "last")),
        staff={(person.pk, day) for day in days for person in staff_of(centre.pk, day)},
        open_days=open_days(centre, first, last),
    )


def _likeness(shift: Shift) -> tuple[int, int | None, date, int, int]:
    """What makes two shifts the same one."""
    return shift.staff_id, shift.window_id, shift.date, shift.from_cell, shift.to_cell


def _person_cells(shift: Shift) -> Iterator[tuple[int, date, int]]:
    return ((shift.staff_id, shift.date, cell) for cell in range(shift.from_cell, shift.to_cell))


def _window_cells(shift: Shift) -> Iterator[tuple[int, date, int]]:
    if shift.window_id is None:
        return iter(())
    return ((shift.window_id, shift.date, cell) for cell in shift.hours.on_duty)
