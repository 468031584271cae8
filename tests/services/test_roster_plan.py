"""Planning, changing and removing shifts, and what the database refuses by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.audit.models import Event
from lishui_center.common.clock import today
from services.centres.actions import remove_setting
from services.centres.errors import InUseError
from services.roster.actions import Duty, change_shift, remove_shift, remove_spent_cells
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
from services.roster.models import Shift, ShiftCell
from services.roster.rules import Hours
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.opening import TOMORROW
from tests.factories.roster import granted_leave, hours, manager_at, open_windows, planned
from tests.factories.services import NOW, CentreFactory, CommunityFactory, WindowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def window():
    return open_windows()[0]


def change(shift, **changes):
    duty = Duty(
        changes.get("staff", shift.staff),
        changes.get("window", shift.window),
        changes.get("day", shift.date),
        changes.get("times", shift.hours),
    )
    version = changes.get("version", shift.version)
    return change_shift(
        shift_id=shift.pk, version=version, duty=duty, by=UserFactory(), now=changes.get("now", NOW)
    )


def test_takes_the_time_of_person_and_window(window):
    shift = planned(window, times=hours("09:00", "13:00", ("11:00", "11:30")))

    cells = dict(shift.cells.values_list("cell", "window"))
    assert list(cells) == list(range(36, 52))
    assert [cell for cell, at in cells.items() if at is None] == [44, 45]
    assert Event.objects.get(action="shift.planned").centre_id == window.centre_id


def test_refuses_two_places_for_one_person(window):
    staff = staff_at(window.centre_id)
    planned(window, staff, hours("09:00", "13:00"))
    other = WindowFactory(pool=window.pool, number=9)

    with pytest.raises(PersonBusyError) as refusal:
        planned(other, staff, hours("12:00", "15:00"))

    assert refusal.value.details == {"start": "12:00", "end": "13:00"}
    assert Shift.objects.count() == 1


def test_refuses_two_people_for_one_window(window):
    planned(window, times=hours("09:00", "13:00"))

    with pytest.raises(WindowTakenError):
        planned(window, times=hours("12:45", "15:00"))


def test_lets_one_follow_the_other(window):
    staff = staff_at(window.centre_id)
    planned(window, staff, hours("09:00", "13:00"))

    planned(window, staff, hours("13:00", "21:00"))

    assert ShiftCell.objects.count() == 48


def test_lets_somebody_cover_the_lunch(window):
    planned(window, times=hours("09:00", "21:00", ("12:00", "13:00")))

    cover = planned(window, times=hours("12:00", "13:00"))

    assert cover.cells.filter(window=window).count() == 4


def test_keeps_a_person_out_of_other_shifts_in_the_break(window):
    staff = staff_at(window.centre_id)
    planned(window, staff, hours("09:00", "21:00", ("12:00", "13:00")))

    with pytest.raises(PersonBusyError):
        planned(None, staff, hours("12:00", "13:00"), centre=window.centre)


def test_lets_two_share_the_front_desk(window):
    for _ in range(2):
        planned(None, centre=window.centre)

    assert Shift.objects.filter(window=None).count() == 2


@pytest.mark.parametrize("times", [Hours(80, 8), Hours(80, 104), Hours(80, 80)])
def test_refuses_a_shift_over_midnight(window, times):
    with pytest.raises(OverMidnightError):
        planned(window, times=times)

    assert not Shift.objects.exists()


def test_ends_at_midnight_at_the_latest(window):
    assert planned(window, times=hours("20:00", "23:59")).to_cell == 96


def test_refuses_a_break_at_the_edge(window):
    with pytest.raises(BreakOutsideError):
        planned(window, times=hours("09:00", "13:00", ("09:00", "10:00")))


def test_refuses_what_is_over(window):
    with pytest.raises(ShiftOverError):
        planned(window, times=hours("09:00", "10:00"), day=today(NOW))


def test_lets_somebody_step_in_today(window):
    assert planned(window, times=hours("09:00", "10:15"), day=today(NOW)).pk


@pytest.mark.parametrize("staff", [UserFactory, lambda: staff_at(CommunityFactory().pk)])
def test_refuses_who_does_not_work_there(window, staff):
    with pytest.raises(NotStaffError):
        planned(window, staff())


def test_refuses_a_window_of_another_centre(window):
    village = CommunityFactory()

    with pytest.raises(WindowElsewhereError):
        planned(window, staff_at(village.pk), centre=village)


def test_refuses_who_is_on_leave(window):
    staff = staff_at(window.centre_id)
    granted_leave(staff, window.centre)

    with pytest.raises(OnLeaveError):
        planned(window, staff)


def test_plans_the_day_after_a_leave(window):
    staff = staff_at(window.centre_id)
    granted_leave(staff, window.centre)

    assert planned(window, staff, day=TOMORROW + timedelta(days=1)).pk


def test_changes_who_is_there(window):
    shift = planned(window)
    other = staff_at(window.centre_id)

    changed = change(shift, staff=other, times=hours("10:00", "12:00"))

    assert (changed.staff, changed.version) == (other, 2)
    assert set(ShiftCell.objects.values_list("staff", "cell")) == {
        (other.pk, cell) for cell in range(40, 48)
    }


def test_refuses_a_change_that_overlaps_and_keeps_the_shift(window):
    shift = planned(window, times=hours("09:00", "12:00"))
    planned(window, times=hours("12:00", "15:00"))

    with pytest.raises(WindowTakenError):
        change(shift, times=hours("09:00", "13:00"))

    shift.refresh_from_db()
    assert (shift.version, shift.cells.count()) == (1, 12)


def test_refuses_to_change_what_another_manager_changed(window):
    shift = planned(window)
    change(shift, times=hours("10:00", "12:00"))

    with pytest.raises(ShiftChangedError):
        change(shift, times=hours("10:00", "13:00"), version=1)


def test_keeps_what_was(window):
    shift = planned(window)

    with pytest.raises(ShiftOverError):
        change(shift, times=hours("10:00", "12:00"), now=NOW + timedelta(days=3))


def test_removes_a_shift_with_its_cells(window):
    shift = planned(window)

    remove_shift(shift_id=shift.pk, version=1, by=UserFactory(), now=NOW)

    assert not ShiftCell.objects.exists()
    assert Event.objects.filter(action="shift.removed").exists()


def test_refuses_to_remove_what_changed(window):
    shift = planned(window)

    with pytest.raises(ShiftChangedError):
        remove_shift(shift_id=shift.pk, version=7, by=UserFactory(), now=NOW)


def test_forgets_the_cells_of_past_days_only(window):
    planned(window)

    assert remove_spent_cells(now=NOW + timedelta(days=1)) == 0
    assert remove_spent_cells(now=NOW + timedelta(days=2)) == 48
    assert Shift.objects.count() == 1


def test_keeps_a_window_that_is_on_the_roster(window):
    planned(window)

    with pytest.raises(InUseError), transaction.atomic():
        remove_setting(row=window, by=manager_at(window.centre))


def refused(shift, **columns):
    """Whether the database itself refuses one more cell like the shift's first."""
    cell = shift.cells.order_by("cell").first()
    cell.pk = None
    for name, value in columns.items():
        setattr(cell, name, value)
    try:
        with transaction.atomic():
            cell.save(force_insert=True)
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_a_person_at_one_place(window):
    shift = planned(window)

    assert refused(shift, window=None)
    assert not refused(shift, window=None, staff=UserFactory())


def test_the_database_keeps_a_window_with_one_person(window):
    shift = planned(window)

    assert refused(shift, staff=UserFactory())
    assert not refused(shift, staff=UserFactory(), window=WindowFactory(pool=window.pool, number=9))


@pytest.mark.parametrize(
    "columns",
    [
        {"to_cell": 97},
        {"to_cell": 36},
        {"break_from_cell": 40},
        {"break_from_cell": 36, "break_to_cell": 40},
        {"break_from_cell": 40, "break_to_cell": 84},
    ],
)
def test_the_database_keeps_a_shift_within_its_day(columns):
    shift = planned(None, centre=CentreFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(**columns)
