"""Telling people that somebody changed their duty."""

from datetime import timedelta

import pytest

from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.roster.actions import Duty, change_shift, remove_shift
from services.roster.messages import SETTLED_AFTER
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.opening import TOMORROW
from tests.factories.roster import hours, open_windows, planned
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
LATER = TOMORROW + timedelta(days=1)
TEN_TO_SIX = hours("10:00", "18:00")
NOON_TO_NINE = hours("12:00", "21:00")


@pytest.fixture
def window():
    return open_windows()[0]


def change(shift, staff=None, *, by=None):
    duty = Duty(staff or shift.staff, shift.window, LATER, NOON_TO_NINE)
    return change_shift(
        shift_id=shift.pk, version=shift.version, duty=duty, by=by or UserFactory(), now=NOW
    )


def sent(kind):
    told = []
    for message in Notification.objects.filter(kind=kind).order_by("pk"):
        send_one(message.key, now=message.due_at)
        message.refresh_from_db()
        told.append(message)
    return told


def test_tells_the_last_of_several_changes(window):
    shift = change(planned(window, times=TEN_TO_SIX, day=LATER))
    change(shift)

    first, second = sent("duty_changed")

    assert (first.state, second.state) == (State.DROPPED, State.SENT)
    assert second.due_at == NOW + SETTLED_AFTER
    assert "12:00-21:00在镇中心1号窗口值班" in second.text


def test_tells_both_when_a_shift_goes_to_somebody_else(window):
    shift = planned(window, times=TEN_TO_SIX, day=LATER)
    had, gets = shift.staff, staff_at(window.centre_id)

    change(shift, gets)

    (removed,), (changed,) = sent("duty_removed"), sent("duty_changed")
    assert (removed.user, changed.user) == (had, gets)
    assert "10:00-18:00在镇中心1号窗口的值班不用来了" in removed.text
    assert removed.state == State.SENT


def test_tells_who_is_taken_off_the_roster(window):
    shift = planned(window, times=TEN_TO_SIX, day=LATER)

    remove_shift(shift_id=shift.pk, version=1, by=UserFactory(), now=NOW)

    assert [message.state for message in sent("duty_removed")] == [State.SENT]


def test_tells_nobody_what_they_did_themselves(window):
    shift = planned(window, times=TEN_TO_SIX, day=LATER)
    change(shift, by=shift.staff)
    shift.refresh_from_db()
    remove_shift(shift_id=shift.pk, version=2, by=shift.staff, now=NOW)

    assert not Notification.objects.filter(kind__in=["duty_changed", "duty_removed"]).exists()
