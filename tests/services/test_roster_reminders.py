"""Duty reminders and gap alarms, by the way every message goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import moment, today
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.roster.actions import Duty, change_shift, remove_shift
from services.roster.alarms import raise_gap_alarms
from services.roster.models import RosterPolicy
from services.roster.swaps import answer_swap, ask_swap
from services.tasks import scan_rosters
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.opening import TOMORROW
from tests.factories.roster import hours, manager_at, open_windows, planned
from tests.factories.services import NOW, CommunityFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = TOMORROW + DAY


@pytest.fixture
def window():
    return open_windows()[0]


def delivered(message):
    send_one(message.key, now=message.due_at)
    message.refresh_from_db()
    return message


def reminders(kind):
    return [delivered(message) for message in Notification.objects.filter(kind=kind).order_by("pk")]


def test_reminds_the_evening_before_and_an_hour_before(window):
    shift = planned(window, times=hours("10:00", "18:00", ("12:00", "12:30")), day=LATER)

    (eve,), (soon,) = reminders("duty_tomorrow"), reminders("duty_soon")

    assert eve.due_at == moment(TOMORROW, 80)
    assert eve.state == State.SENT
    assert eve.user == shift.staff
    assert eve.text == "值班提醒：您明天10:00-18:00在镇中心1号窗口值班，12:00-12:30休息。"
    assert soon.due_at == moment(LATER, 36)
    assert "今天10:00在镇中心1号窗口值班" in soon.text


def test_drops_the_reminders_of_a_changed_shift(window):
    shift = planned(window, day=LATER)
    duty = Duty(shift.staff, window, LATER + DAY, hours("12:00", "20:00"))
    change_shift(shift_id=shift.pk, version=1, duty=duty, by=UserFactory(), now=NOW)

    assert [message.state for message in reminders("duty_tomorrow")] == [State.DROPPED, State.SENT]
    assert "明天12:00-20:00" in reminders("duty_tomorrow")[1].text


def test_drops_the_reminders_of_a_removed_shift(window):
    shift = planned(window, day=LATER)
    remove_shift(shift_id=shift.pk, version=1, by=UserFactory(), now=NOW)

    assert {message.state for message in Notification.objects.filter(kind="duty_soon")} == {
        State.DUE
    }
    assert [message.state for message in reminders("duty_soon")] == [State.DROPPED]


def test_reminds_whoever_took_the_shift_over(window):
    shift, colleague = planned(window, day=LATER), staff_at(window.centre_id)
    swap = ask_swap(shift=shift, to=colleague, other=None, by=shift.staff, now=NOW)
    answer_swap(swap_id=swap.pk, accepted=True, by=colleague, now=NOW)

    told = {message.user: message.state for message in reminders("duty_tomorrow")}

    assert told == {swap.asked_by: State.DROPPED, colleague: State.SENT}


def test_speaks_of_the_front_desk(window):
    planned(None, day=LATER, centre=window.centre)

    assert "在镇中心导办台值班" in reminders("duty_tomorrow")[0].text


def test_alarms_the_manager_once_a_day(window):
    manager = manager_at(window.centre)
    planned(window, times=hours("09:00", "15:00"))

    assert raise_gap_alarms(now=NOW) == 1
    raise_gap_alarms(now=NOW + timedelta(hours=1))

    alarm = delivered(Notification.objects.get(kind="roster_gap"))
    assert (alarm.user, alarm.centre_id) == (manager, window.centre_id)
    assert alarm.state == State.SENT
    assert alarm.text == "镇中心未来七天排班有8处缺人，最早在11月25日09:00，请尽快安排。"
    raise_gap_alarms(now=NOW + DAY)
    assert Notification.objects.filter(kind="roster_gap").count() == 2


def test_is_quiet_about_a_full_roster(window):
    manager_at(window.centre)
    staff = planned(window, day=today(NOW)).staff
    for n in range(1, 8):
        planned(window, staff, day=today(NOW) + DAY * n)

    assert raise_gap_alarms(now=NOW) == 0


def test_wants_somebody_at_the_front_desk(window):
    RosterPolicy.objects.update(front_desk=True)
    manager_at(window.centre)
    staff = planned(window, day=today(NOW)).staff
    for n in range(1, 8):
        planned(window, staff, day=today(NOW) + DAY * n)

    assert raise_gap_alarms(now=NOW) == 1


def test_is_quiet_about_a_centre_that_keeps_no_roster(window):
    manager_at(window.centre)

    assert raise_gap_alarms(now=NOW) == 0


def test_alarms_the_town_where_nobody_manages(window):
    admin = town_wide(Role.TOWN_ADMIN)
    village = open_windows(centre=CommunityFactory())[0]
    manager_at(window.centre)
    planned(village)

    raise_gap_alarms(now=NOW)

    assert [alarm.user for alarm in Notification.objects.filter(kind="roster_gap")] == [admin]


def test_the_task_alarms_and_is_safe_to_run_twice():
    now = timezone.now()
    window = open_windows(now=now)[0]
    manager_at(window.centre)
    planned(window, times=hours("09:00", "15:00"), day=today(now) + DAY, now=now)

    assert [scan_rosters(), scan_rosters()] == [1, 1]
    assert Notification.objects.filter(kind="roster_gap").count() == 1
