"""Asking for leave, and who decides on it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lishui_center.audit.models import Event
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.roster.actions import remove_shift
from services.roster.errors import (
    LeaveBackwardsError,
    LeaveDecidedError,
    LeaveHasShiftsError,
    LeaveOverError,
    LeaveOverlapsError,
    NotStaffError,
    NotYoursError,
)
from services.roster.leaves import decide_leave, withdraw_leave
from services.roster.models import Leave, LeaveState
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
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


def test_one_takes_back_ones_own_leave_and_can_ask_and_be_planned_again(window, staff):
    leave = granted_leave(staff, window.centre, first=TOMORROW)

    withdraw_leave(leave_id=leave.pk, by=staff, now=NOW)

    assert planned(window, staff, day=TOMORROW).staff == staff
    asked_leave(staff, window.centre, first=leave.first)
    event = Event.objects.get(action="leave.withdrawn")
    assert event.facts == {"before": "granted"}


def test_refuses_to_take_back_anothers_leave_or_one_that_is_over(window, staff):
    leave = granted_leave(staff, window.centre, first=TOMORROW)

    with pytest.raises(NotYoursError):
        withdraw_leave(leave_id=leave.pk, by=UserFactory(), now=NOW)
    with pytest.raises(LeaveOverError):
        withdraw_leave(leave_id=leave.pk, by=staff, now=NOW + 30 * DAY)
    withdraw_leave(leave_id=leave.pk, by=staff, now=NOW)
    with pytest.raises(LeaveOverError):
        withdraw_leave(leave_id=leave.pk, by=staff, now=NOW)


def test_the_page_asks_before_taking_a_leave_back(client, window, staff, stop_the_clock):
    stop_the_clock(NOW)
    leave = granted_leave(staff, window.centre, first=TOMORROW)
    address = reverse("staff:leave-withdraw", args=[leave.pk])
    sign_in_staff(client, staff_at(window.centre_id))
    assert client.post(address).status_code == 404
    sign_in_staff(client, staff)

    assert client.get(address).status_code == 200
    assert Leave.objects.get().state == LeaveState.GRANTED
    assert client.post(address).status_code == 302

    assert Leave.objects.get().state == LeaveState.WITHDRAWN
    assert client.post(address).status_code == 409
