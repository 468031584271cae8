"""The day on paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.common.clock import moment, today
from services.bookings.models import Booking, Status
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.hall import at_eight, make_hall
from tests.factories.services import NOW, CommunityFactory, PoolFactory, make_booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return make_hall()


@pytest.fixture
def clerk(client, offering):
    user = staff_at(offering.centre_id)
    sign_in_staff(client, user)
    return user


def booked(offering, cell=48, number=1):
    return make_booking(
        offering,
        start=moment(today(NOW), cell),
        now=at_eight(NOW),
        phone=f"1390000{number:04d}",
    )


def sheet(client, offering, **more):
    return client.get(reverse("staff:hall-sheet"), {"centre": offering.centre.code, **more})


def test_lists_today_by_time_masked(client, clerk, offering):
    later, first = booked(offering, 50), booked(offering, 44, number=2)
    tomorrow = make_booking(offering, phone="13900000003")
    cancelled = booked(offering, 60, number=4)
    Booking.objects.filter(pk=cancelled.pk).update(status=Status.CANCELLED, cancelled_at=NOW)

    page = sheet(client, offering).content.decode()

    assert page.index(first.reference) < page.index(later.reference)
    assert "139****0001" in page
    assert "13900000001" not in page
    assert "陈*怡" in page
    assert "陈小怡" not in page
    assert tomorrow.reference not in page
    assert cancelled.reference not in page


def test_has_thirty_paper_numbers_for_each_pool(client, clerk, offering):
    PoolFactory(centre=offering.centre, code="B")

    page = sheet(client, offering).content.decode()
    only_b = sheet(client, offering, pool="B").content.decode()

    assert all(number in page for number in ("A901", "A930", "B901", "B930"))
    assert "A900" not in page
    assert "A931" not in page
    assert "B901" in only_b
    assert "A901" not in only_b


def test_other_halls_and_unknown_pools_have_no_sheet(client, clerk, offering):
    elsewhere = PoolFactory(centre=CommunityFactory(parent=offering.centre))

    assert sheet(client, elsewhere).status_code == 404
    assert sheet(client, offering, pool="Z").status_code == 404
    assert client.get(reverse("staff:hall-sheet")).status_code == 404


def test_the_hall_leads_to_it(client, clerk, offering):
    page = client.get(reverse("staff:hall")).content.decode()

    assert reverse("staff:hall-sheet") in page


def test_twelve_bookings_cost_what_one_costs(client, clerk, offering):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert sheet(client, offering).status_code == 200
        return len(asked)

    booked(offering)
    queries()
    few = queries()
    for number in range(2, 13):
        booked(offering, 48 + number, number)

    assert queries() == few
