"""Asking for leave, and who decides on it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.audit.models import Event
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.roster.actions import remove_shift
from services.roster.errors import (
    LeaveBackwardsError,
    LeaveDecidedError,
    LeaveHasShiftsError,
    LeaveOverlapsError,
    NotStaffError,
)
from services.roster.leaves import decide_leave
from services.roster.models import Leave, LeaveState
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.opening import TOMORROW
from tests.factories.roster import asked_leave, granted_leave, manager_at, open_windows, planned
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def window():
    return open_windows()[0]


@pytest.fixture
def staff(window):
    return staff_at(window.centre_id)


def decide(leave, *, granted=True, by=None, note=""):
    by = by or UserFactory()
    return decide_leave(leave_id=leave.pk, granted=granted, note=note, by=by, now=NOW)


@pytest.mark.parametrize(
    ("granted", "state", "words"),
    [(True, LeaveState.GRANTED, "已批准"), (False, LeaveState.DECLINED, "未批准：那几天人手不够")],
)
def test_is_decided_and_told(window, staff, granted, state, words):
    leave = asked_leave(staff, window.centre)

    decide(leave, granted=granted, note="" if granted else "那几天人手不够")

    leave.refresh_from_db()
    assert leave.state == state
    assert Event.objects.filter(action=f"leave.{state}", centre_id=window.centre_id).exists()
    message = Notification.objects.get(kind="leave_decided", user=staff)
    send_one(message.key, now=NOW)
    message.refresh_from_db()
    assert message.state == State.SENT
    assert words in message.text


def test_nobody_decides_on_their_own(window):
    manager = manager_at(window.centre)
    leave = asked_leave(manager, window.centre)

    with pytest.raises(OwnRecordError):
        decide(leave, by=manager)

    leave.refresh_from_db()
    assert leave.state == LeaveState.ASKED


def test_the_database_lets_nobody_decide_on_their_own(window, staff):
    leave = granted_leave(staff, window.centre)

    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.filter(pk=leave.pk).update(decided_by=staff)


def test_is_decided_once(window, staff):
    leave = granted_leave(staff, window.centre)

    with pytest.raises(LeaveDecidedError):
        decide(leave, granted=False)


def test_waits_until_somebody_else_has_the_shifts(window, staff):
    shift = planned(window, staff)
    leave = asked_leave(staff, window.centre, last=TOMORROW + DAY)

    with pytest.raises(LeaveHasShiftsError) as refusal:
        decide(leave)

    assert "11月26日" in refusal.value.details["days"]
    remove_shift(shift_id=shift.pk, version=1, by=UserFactory(), now=NOW)
    assert decide(leave).state == LeaveState.GRANTED


def test_is_declined_whatever_is_planned(window, staff):
    planned(window, staff)
    leave = asked_leave(staff, window.centre)

    assert decide(leave, granted=False).state == LeaveState.DECLINED


@pytest.mark.parametrize(
    ("first", "last"), [(TOMORROW, TOMORROW - DAY), (TOMORROW - 3 * DAY, TOMORROW - 2 * DAY)]
)
def test_refuses_days_that_are_over_or_backwards(window, staff, first, last):
    with pytest.raises(LeaveBackwardsError):
        asked_leave(staff, window.centre, first=first, last=last)


def test_refuses_the_same_days_twice(window, staff):
    asked_leave(staff, window.centre, last=TOMORROW + DAY)

    with pytest.raises(LeaveOverlapsError):
        asked_leave(staff, window.centre, first=TOMORROW + DAY)


def test_asks_again_after_a_refusal(window, staff):
    decide(asked_leave(staff, window.centre), granted=False)

    assert asked_leave(staff, window.centre).state == LeaveState.ASKED


def test_refuses_who_does_not_work_there(window):
    with pytest.raises(NotStaffError):
        asked_leave(UserFactory(), window.centre)
