"""The roster's pages: planning, copying, following, and what staff see of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lishui_center.common.clock import today
from services.hours.models import DayPlan
from services.roster.models import RosterPolicy, Shift
from services.roster.rules import WEEK, monday_of
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.opening import booking_at, fingerprint_in
from tests.factories.roster import granted_leave, hours, manager_at, open_windows, planned
from tests.factories.services import CommunityFactory, OfferingFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def window():
    return open_windows(2, now=timezone.now())[0]


@pytest.fixture
def manager(client, window):
    user = manager_at(window.centre)
    sign_in_staff(client, user)
    return user


def tomorrow():
    return today(timezone.now()) + DAY


def on_duty(window, staff=None, times=None, **fields):
    fields.setdefault("day", tomorrow())
    return planned(window, staff, times, now=timezone.now(), **fields)


def fields(at, person, **more):
    return {
        "staff": person.pk,
        "window": at.pk,
        "date": tomorrow().isoformat(),
        "starts": "09:00",
        "ends": "15:00",
        **more,
    }


def address(name, window, *args):
    return reverse(f"staff:{name}", args=[window.centre.code, *args])


def week_page(client, window, day=None):
    query = {"week": (day or tomorrow()).isoformat()}
    return client.get(address("roster", window), query).content.decode()


def test_plans_a_shift(client, manager, window):
    staff = staff_at(window.centre_id, display_name="黎志明")

    answer = client.post(
        address("shift-add", window),
        fields(window, staff, break_starts="12:00", break_ends="12:30"),
    )

    assert answer.url == f"{address('roster', window)}?week={tomorrow().isoformat()}"
    assert Shift.objects.get().hours == hours("09:00", "15:00", ("12:00", "12:30"))
    page = week_page(client, window)
    assert "黎志明" in page
    assert "12:00–12:30休息" in page


def test_plans_the_front_desk(client, manager, window):
    staff = staff_at(window.centre_id)

    client.post(address("shift-add", window), fields(window, staff, window="desk"))

    shift = Shift.objects.get()
    assert shift.window is None
    page = client.get(address("shift", window, shift.pk)).content.decode()
    assert '<option value="desk" selected>' in page


def test_offers_only_who_works_there(client, manager, window):
    here = staff_at(window.centre_id, display_name="黎志明")
    elsewhere = staff_at(CommunityFactory().pk, display_name="苏婉婷")

    page = client.get(address("shift-add", window)).content.decode()

    assert "黎志明" in page
    assert "苏婉婷" not in page
    assert client.post(address("shift-add", window), fields(window, elsewhere)).status_code == 422
    assert client.post(address("shift-add", window), fields(window, here)).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts": "20:00", "ends": "02:00"}, "零点以后"),
        ({"starts": "09:07"}, "14:15"),
        ({"break_starts": "12:00"}, "休息的开始和结束"),
        ({"break_starts": "09:00", "break_ends": "10:00"}, "前后都有工作时间"),
        ({"date": "2020-01-01"}, "已结束"),
        ({"staff": ""}, ""),
        ({"window": ""}, ""),
    ],
)
def test_says_why_a_shift_is_refused(client, manager, window, wrong, words):
    staff = staff_at(window.centre_id)

    answer = client.post(address("shift-add", window), fields(window, staff, **wrong))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Shift.objects.exists()


def test_begins_the_form_with_the_gap_to_fill(client, manager, window):
    query = {"date": tomorrow().isoformat(), "starts": "15:00", "ends": "23:59"}

    page = client.get(address("shift-add", window), query).content.decode()

    assert 'value="15:00"' in page
    assert 'value="23:59"' in page


def test_changes_and_removes_a_shift(client, manager, window):
    shift = on_duty(window)
    url = address("shift", window, shift.pk)
    assert 'value="21:00"' in client.get(url).content.decode()

    client.post(url, fields(window, shift.staff, version=1))
    assert Shift.objects.get().to_cell == 60

    client.post(address("shift-remove", window, shift.pk), {"version": 2})
    assert not Shift.objects.exists()


def test_refuses_a_change_of_what_somebody_else_changed(client, manager, window):
    shift = on_duty(window)
    Shift.objects.update(version=3)

    answer = client.post(address("shift", window, shift.pk), fields(window, shift.staff, version=1))

    assert answer.status_code == 422
    assert "刚被修改" in answer.content.decode()


def test_marks_gaps_in_words(client, manager, window):
    on_duty(window, times=hours("09:00", "15:00"))

    page = week_page(client, window)

    assert "09:00–15:00 缺1人" in " ".join(page.split())
    assert "15:00–21:00 缺2人" in " ".join(page.split())
    assert "处缺人" in page


def test_names_who_is_on_leave(client, manager, window):
    staff = staff_at(window.centre_id, display_name="黎志明")
    granted_leave(staff, window.centre, first=tomorrow(), now=timezone.now())

    assert "休假： 黎志明" in " ".join(week_page(client, window).split())


@pytest.mark.parametrize("week", ["", "nonsense", "0001-01-01", "9999-12-31"])
def test_shows_this_week_when_asked_for_none(client, manager, window, week):
    page = client.get(address("roster", window), {"week": week}).content.decode()

    assert f'id="day-{monday_of(today(timezone.now())).isoformat()}"' in page


def test_copies_a_week_and_tells_what_was_left_out(client, manager, window):
    away = staff_at(window.centre_id, display_name="苏婉婷")
    on_duty(window, away, hours("09:00", "15:00"))
    on_duty(window, times=hours("15:00", "21:00"))
    granted_leave(away, window.centre, first=tomorrow() + WEEK, now=timezone.now())
    url = f"{address('roster-copy', window)}?week={tomorrow().isoformat()}"

    page = client.post(url, {"weeks": 1}, follow=True).content.decode()

    assert "已复制1个班次" in page
    assert "苏婉婷，原因：休假" in page
    assert Shift.objects.filter(date=tomorrow() + WEEK).count() == 1


def test_staff_see_the_roster_and_cannot_change_it(client, window):
    shift = on_duty(window)
    sign_in_staff(client, shift.staff)

    page = week_page(client, window)

    assert shift.staff.display_name in page
    assert address("shift", window, shift.pk) not in page
    assert address("shift-add", window) not in page


# --- Lanes that follow the roster -----------------------------------------------------------


@pytest.fixture
def followed(client, manager, window):
    """Both windows staffed tomorrow, and the lanes follow that."""
    shifts = [on_duty(each) for each in window.pool.windows.order_by("number")]
    url = address("roster-policy", window)
    seen = fingerprint_in(client.post(url, {"lanes_follow_roster": "on"}).content.decode())
    client.post(url, {"lanes_follow_roster": "on", "step": "apply", "expected": seen})
    assert RosterPolicy.objects.get().lanes_follow_roster
    return shifts


def test_a_removal_shows_the_bookings_first(client, window, followed):
    for days in (0, 2):
        on_duty(window, times=hours("00:00", "23:59"), day=today(timezone.now()) + days * DAY)
    booking_at(OfferingFactory(pool=window.pool), 16, now=timezone.now())
    first, last = (address("shift-remove", window, shift.pk) for shift in followed)
    assert "陈*怡" not in client.post(first, {"version": 1}).content.decode()
    apply_removal(client, first)

    assert "陈*怡" in client.post(last, {"version": 1}).content.decode()
    assert Shift.objects.filter(date=tomorrow()).exists()

    assert apply_removal(client, last).url == reverse("staff:orphans")
    assert DayPlan.objects.get(pool=window.pool, date=tomorrow()).spans == []


def apply_removal(client, url):
    seen = fingerprint_in(client.post(url, {"version": 1}).content.decode())
    return client.post(url, {"version": 1, "step": "apply", "expected": seen})


def test_a_change_shows_the_bookings_and_changes_the_plan(client, window, followed):
    booking_at(OfferingFactory(pool=window.pool), 16, now=timezone.now())
    typed = [fields(shift.window, shift.staff, version=1) for shift in followed]

    for shift, wanted in zip(followed, typed, strict=True):
        url = address("shift", window, shift.pk)
        preview = client.post(url, wanted).content.decode()
        client.post(url, {**wanted, "step": "apply", "expected": fingerprint_in(preview)})

    assert "陈*怡" in preview
    spans = DayPlan.objects.get(pool=window.pool, date=tomorrow()).spans
    assert spans == [[36, 60, 1, 2]]


# --- As many queries for any size -----------------------------------------------------------


def test_the_week_takes_as_many_queries_for_twelve_shifts_as_for_one(client, manager, window):
    week_page(client, window)
    counts = []

    for numbers in (range(1), range(1, 12)):
        for number in numbers:
            on_duty(window, times=hours(f"{9 + number:02d}:00", f"{9 + number:02d}:45"))
        with CaptureQueriesContext(connection) as queries:
            page = week_page(client, window)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert page.count("陈小怡") == 12
