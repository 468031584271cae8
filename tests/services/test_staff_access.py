"""What keeps the staff's pages to themselves, and how many queries their lists take.

Who gets in where is in tests/permissions.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.hours.models import DayPlan
from services.standing.models import Suspension
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.opening import booking_at, weekly_offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return weekly_offering(now=timezone.now())


def booked(offering, **fields):
    return booking_at(offering, 14, now=timezone.now(), **fields)


def test_no_browser_keeps_a_page_of_the_staff(client, offering):
    sign_in_staff(client, staff_at(offering.centre_id))

    answer = client.get(reverse("staff:bookings"))

    assert "no-store" in answer["Cache-Control"]


def test_sends_visitors_to_the_staff_door(client):
    answer = client.get(reverse("staff:bookings"))

    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def fill(offering, numbers):
    """Orphaned bookings of tomorrow, each with a suspension."""
    now = timezone.now()
    DayPlan.objects.update(spans=[[36, 84, 3, 15]])
    for number in numbers:
        booking = booking_at(offering, 9 + number, number=number, now=now)
        Suspension.objects.create(
            phone_hash=booking.phone_hash,
            centre=offering.centre,
            cause=booking,
            starts_at=now,
            ends_at=now + timedelta(days=30),
            appeal_until=now + timedelta(days=7),
        )
    DayPlan.objects.update(spans=[], version=2)


@pytest.mark.parametrize(
    "name", ["staff:bookings", "staff:orphans", "staff:suspensions", "dashboards:staff"]
)
def test_takes_as_many_queries_for_twelve_as_for_one(client, offering, name):
    sign_in_staff(client, staff_at(offering.centre_id, role=Role.CENTRE_MANAGER))
    day = today(timezone.now()) + timedelta(days=1)
    client.get(reverse(name))  # the first request of a session writes it
    counts = []

    for numbers in (range(1), range(1, 12)):
        fill(offering, numbers)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse(name), {"day": day.isoformat()}).content.decode()
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert name == "dashboards:staff" or page.count("陈*怡") == 12
