"""The closed days with their figures, and the word about one that is not closed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.closing.actions import close_day
from services.hours.models import DayPlan
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.hall import make_hall
from tests.factories.services import NOW, CommunityFactory, PoolFactory, open_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
YESTERDAY = today(NOW) - timedelta(days=1)


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def pool():
    pool = make_hall().pool
    open_day(pool, YESTERDAY)
    return pool


def close(pool, days_ago=1):
    day = today(NOW) - timedelta(days=days_ago)
    return close_day(centre=pool.centre, day=day, now=NOW)


def listed(client, **query):
    return client.get(reverse("staff:days"), query)


@pytest.mark.parametrize("role", [Role.CENTRE_STAFF, Role.CENTRE_MANAGER])
def test_staff_see_the_days_of_their_centre(client, pool, role):
    close(pool)
    sign_in_staff(client, staff_at(pool.centre_id, role=role))

    page = listed(client).content.decode()

    assert "11月24日" in page
    assert "0 · 0 · 0 · 0 · 0" in page


def test_days_of_other_centres_are_not_seen(client, pool):
    village = CommunityFactory(parent=pool.centre)
    PoolFactory(centre=village)
    close(pool)
    sign_in_staff(client, staff_at(village.pk))

    assert "11月24日" not in listed(client).content.decode()
    assert "11月24日" not in listed(client, centre=pool.centre.code).content.decode()


def test_one_centre_can_be_chosen(client, pool):
    village = PoolFactory(centre=CommunityFactory(parent=pool.centre))
    close(pool)
    close(village, days_ago=2)
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    page = listed(client, centre=village.centre.code).content.decode()

    assert "11月23日" in page
    assert "11月24日" not in page


def test_auditors_have_no_hall(client, pool):
    sign_in_staff(client, town_wide(Role.AUDITOR))

    assert listed(client).status_code == 404


def test_a_list_of_twelve_costs_what_a_list_of_one_costs(client, pool):
    sign_in_staff(client, staff_at(pool.centre_id))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert listed(client).status_code == 200
        return len(asked)

    close(pool)
    queries()
    few = queries()
    for days_ago in range(2, 13):
        close(pool, days_ago)

    assert queries() == few


def test_the_home_warns_until_yesterday_is_closed(client, pool):
    sign_in_staff(client, staff_at(pool.centre_id))
    home, link = reverse("dashboards:staff"), f'<a href="{reverse("staff:days")}">'
    assert link in client.get(home).content.decode()

    close(pool)

    assert link not in client.get(home).content.decode()


def test_the_home_does_not_warn_of_a_day_without_opening_or_of_other_centres(client, pool):
    village = CommunityFactory(parent=pool.centre)
    DayPlan.objects.create(pool=PoolFactory(centre=village), date=YESTERDAY, spans=[])
    sign_in_staff(client, staff_at(village.pk))

    page = client.get(reverse("dashboards:staff")).content.decode()

    assert f'<a href="{reverse("staff:days")}">' not in page
