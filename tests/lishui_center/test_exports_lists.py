"""Every list there is, in a town where none is empty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lishui_center.common.tables import TABLES
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff
from tests.factories.exports import body, csv_rows, take
from tests.factories.services import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
PREFETCHED = {"bookings": 2, "day-sheet": 2, "orphans": 2, "projects": 3, "needs": 1, "teams": 1}
"""Services of a booking, clocks of a need, leaders of a team: read for all rows at once."""
PARAMS = {
    "bookings": {"day": "2026-11-26"},
    "roster": {"week": "2026-11-26"},
    "messages": {"state": "all"},
}


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


def test_every_list_has_rows_and_loads_at_once_what_its_columns_show(client):
    town = Town()
    for table in TABLES:
        sign_in_staff(client, town.clerk if table == "my-shifts" else town.admin)
        answer = take(client, table, **{"centre": town.centre.code, **PARAMS.get(table, {})})

        with CaptureQueriesContext(connection) as asked:
            lines = csv_rows(body(answer))

        assert lines, table
        assert len(asked) == 1 + PREFETCHED.get(table, 0), table
        assert all(len(line) == len(lines[0]) for line in lines), table


def test_every_staff_list_offers_its_file(client):
    town = Town()
    sign_in_staff(client, town.admin)
    code = town.centre.code
    pages = {
        "bookings": "/staff/bookings/?day=2026-11-26",
        "numbers": f"/staff/hall/?centre={code}",
        "day-sheet": f"/staff/hall/sheet/?centre={code}",
        "orphans": "/staff/orphans/",
        "suspensions": "/staff/suspensions/",
        "ratings": "/staff/ratings/",
        "days": "/staff/days/",
        "roster": f"/staff/roster/centres/{code}/",
        "leaves": "/staff/roster/leave/",
        "closures": f"/staff/close/{town.closure.pk}/",
        "items": "/staff/items/",
        "centres": "/staff/centres/",
        "messages": "/staff/messages/",
        "trail": "/staff/audit/",
        "roles": "/staff/roles/",
        "projects": "/staff/projects/",
        "engagements": "/staff/think-tank/engagements/",
        "recommendations": "/staff/think-tank/recommendations/",
        "needs": "/staff/needs/list/",
        "teams": "/staff/teams/",
        "team-members": "/staff/teams/",
    }

    shown = {table: client.get(page).content.decode() for table, page in pages.items()}

    assert {table for table in shown if f"/staff/exports/{table}.csv" not in shown[table]} == set()
    assert {*pages, "my-shifts"} == set(TABLES)
