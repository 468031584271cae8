"""Copying a week: what can be is planned, what cannot is told, and twice is once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from services.hours.models import HoursException
from services.roster.copying import copy_week
from services.roster.models import Shift, ShiftCell
from services.roster.rules import WEEK, monday_of
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.opening import TOMORROW
from tests.factories.roster import granted_leave, hours, open_windows, planned
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
MONDAY = monday_of(TOMORROW)
NEXT = TOMORROW + WEEK


@pytest.fixture
def window():
    return open_windows()[0]


def copy(window, weeks=1, now=NOW):
    return copy_week(centre=window.centre, monday=MONDAY, weeks=weeks, by=UserFactory(), now=now)


def reasons(copied):
    return [str(left_out.reason) for left_out in copied.skipped]


def test_plans_the_week_again(window):
    shift = planned(window, times=hours("09:00", "15:00", ("12:00", "12:30")))

    copied = copy(window)

    again = Shift.objects.get(date=NEXT)
    assert (again.staff, again.window, again.hours) == (shift.staff, window, shift.hours)
    assert again.cells.count() == 24
    assert (copied.made, copied.kept, copied.skipped) == (1, 0, ())
    reminders = Notification.objects.filter(subject_id=again.pk)
    assert {reminder.kind for reminder in reminders} == {"duty_tomorrow", "duty_soon"}


def test_plans_as_many_weeks_as_are_asked_for(window):
    planned(window)

    assert copy(window, weeks=3).made == 3
    assert list(Shift.objects.order_by("date").values_list("date", flat=True)) == [
        TOMORROW + WEEK * n for n in range(4)
    ]


def test_twice_is_once(window):
    planned(window)
    copy(window)

    copied = copy(window)

    assert (copied.made, copied.kept, copied.skipped) == (0, 1, ())
    assert ShiftCell.objects.count() == 96


def test_leaves_out_who_is_on_leave(window):
    staff = staff_at(window.centre_id)
    planned(window, staff, hours("09:00", "15:00"))
    planned(window, times=hours("15:00", "21:00"))
    granted_leave(staff, window.centre, first=NEXT - timedelta(days=1), last=NEXT)

    copied = copy(window)

    assert copied.made == 1
    assert [left_out.shift.staff for left_out in copied.skipped] == [staff]
    assert reasons(copied) == ["休假"]


def test_leaves_out_who_has_another_shift(window):
    staff = staff_at(window.centre_id)
    planned(window, staff)
    planned(None, staff, hours("10:00", "11:00"), day=NEXT, centre=window.centre)

    assert reasons(copy(window)) == ["该时段另有班次"]


def test_leaves_a_taken_window_out(window):
    planned(window)
    planned(window, times=hours("10:00", "11:00"), day=NEXT)

    assert reasons(copy(window)) == ["窗口已有人"]


def test_leaves_out_who_no_longer_works_there(window):
    shift = planned(window)
    shift.staff.role_grants.update(valid_to=TOMORROW)

    assert reasons(copy(window)) == ["已不在此工作"]


def test_leaves_out_a_day_on_which_the_centre_is_closed(window):
    planned(window)
    HoursException.objects.create(
        centre=window.centre, date=NEXT, reason_zh="停电", reason_en="power cut"
    )

    assert reasons(copy(window)) == ["中心不开放"]


def test_plans_nothing_in_the_past(window):
    planned(window, day=today(NOW))

    assert copy(window, now=NOW + WEEK * 3).made == 0


def test_asks_the_same_for_twelve_shifts_as_for_one(window):
    counts = []

    for numbers in (range(1), range(1, 12)):
        for n in numbers:
            planned(window, times=hours(f"{9 + n:02d}:00", f"{9 + n:02d}:45"))
        with CaptureQueriesContext(connection) as queries:
            copy(window)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert Shift.objects.filter(date=NEXT).count() == 12
