"""Changing hours, dates, windows and the calendar: a form, its preview, then the act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.clock import today
from services.hours.models import CalendarDay, HoursException, HoursRule
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.opening import booking_at, fingerprint_in, weekly_offering
from tests.factories.services import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return weekly_offering(now=timezone.now())


def booked(offering, **fields):
    return booking_at(offering, 14, now=timezone.now(), **fields)


def manager_of(client, offering):
    user = staff_at(offering.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, user)
    return user


def tomorrow():
    return today(timezone.now()) + timedelta(days=1)


def expected_in(answer):
    return fingerprint_in(answer.content.decode())


def date_fields(**more):
    return {
        "date": tomorrow().isoformat(),
        "change": "closed",
        "reason_zh": "设备检修",
        "reason_en": "maintenance",
        **more,
    }


def test_a_date_is_previewed_then_applied(client, offering):
    manager_of(client, offering)
    booking = booked(offering)
    url = reverse("staff:row-add", args=[offering.centre.code, "dates"])

    preview = client.post(url, date_fields())
    assert "陈*怡" in preview.content.decode()
    assert not HoursException.objects.exists()

    fields = date_fields(step="apply", expected=expected_in(preview))
    answer = client.post(url, fields)

    assert answer.url == reverse("staff:orphans")
    assert HoursException.objects.get().date == booking.date


def test_a_stale_preview_comes_again(client, offering):
    manager_of(client, offering)
    url = reverse("staff:row-add", args=[offering.centre.code, "dates"])
    seen = expected_in(client.post(url, date_fields()))
    booked(offering)

    answer = client.post(url, date_fields(step="apply", expected=seen))

    assert answer.status_code == 409
    assert expected_in(answer) != seen
    assert not HoursException.objects.exists()


def test_changing_again_keeps_what_was_typed(client, offering):
    manager_of(client, offering)
    url = reverse("staff:row-add", args=[offering.centre.code, "dates"])

    answer = client.post(url, date_fields(step="edit"))

    assert answer.status_code == 200
    assert "设备检修" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": "2020-01-01"},
        {"change": "early"},
        {"change": "hours", "opens": "15:00", "closes": "09:00"},
        {"change": "early", "closes": "14:07"},
        {"reason_zh": ""},
    ],
    ids=["past", "no time", "wrong order", "off grid", "no reason"],
)
def test_refuses_a_wrong_date(client, offering, wrong):
    manager_of(client, offering)
    url = reverse("staff:row-add", args=[offering.centre.code, "dates"])

    assert client.post(url, date_fields(**wrong)).status_code == 422


def test_refuses_a_second_entry_for_a_date(client, offering):
    manager_of(client, offering)
    HoursException.objects.create(
        centre=offering.centre, date=tomorrow(), reason_zh="停电", reason_en="power cut"
    )
    url = reverse("staff:row-add", args=[offering.centre.code, "dates"])

    assert client.post(url, date_fields()).status_code == 422


def test_removes_hours_after_a_preview(client, offering):
    manager_of(client, offering)
    url = reverse(
        "staff:row-remove", args=[offering.centre.code, "hours", HoursRule.objects.get().pk]
    )

    seen = expected_in(client.get(url))
    client.post(url, {"step": "apply", "expected": seen})

    assert not HoursRule.objects.exists()
    assert Event.objects.filter(action="hoursrule.removed").exists()


def test_says_why_too_many_windows_take_bookings(client, offering):
    manager_of(client, offering)
    pool = offering.pool
    url = reverse("staff:row", args=[offering.centre.code, "pools", pool.pk])
    fields = {"code": pool.code, "name_zh": "综合", "name_en": "General", "lanes_total": 5}

    answer = client.post(url, fields | {"lanes_online": 4}, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert "at most 3 can take bookings" in answer.content.decode()


def test_a_row_of_another_centre_is_not_found(client, offering):
    manager_of(client, offering)
    other = weekly_offering(centre=CommunityFactory(parent=offering.centre), now=timezone.now())
    rule = HoursRule.objects.get(centre=other.centre)

    answer = client.get(reverse("staff:row", args=[offering.centre.code, "hours", rule.pk]))

    assert answer.status_code == 404


def test_a_holiday_closes_every_centre_after_a_preview(client, offering):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    fields = {
        "date": tomorrow().isoformat(),
        "kind": "holiday",
        "name_zh": "春节",
        "name_en": "Spring Festival",
        "source": "国务院办公厅通知",
    }
    url = reverse("staff:calendar-add")

    seen = expected_in(client.post(url, fields))
    client.post(url, fields | {"step": "apply", "expected": seen})

    assert CalendarDay.objects.exists()
    assert offering.pool.day_plans.get(date=tomorrow()).spans == []
