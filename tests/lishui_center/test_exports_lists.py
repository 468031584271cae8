"""Every list there is, in a town where none is empty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lishui_center.common.clock import today
from lishui_center.common.tables import TABLES
from services.resolution.models import RateDay
from services.resolution.rules import FORMULA
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff
from tests.factories.activities import joined, make_activity, make_session
from tests.factories.exports import body, csv_rows, take
from tests.factories.resources import ResourceFactory, asked
from tests.factories.services import NOW
from tests.factories.volunteers import member_of, recorded, service
from volunteers.activities.models import ActivityKind, Session
from volunteers.training.actions import Part, record_training

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


def town_with_rows() -> tuple[Town, Session]:
    """The town of the pages, and what only lists show of it: a session of a course, with people."""
    town = Town()
    asked(ResourceFactory(centre=town.centre, needs_approval=True), phone="13900000031")
    volunteer = member_of(town.team)
    course = make_session(make_activity(ActivityKind.TRAINING, team=town.team))
    joined(course, volunteer, now=NOW)
    record_training(user=volunteer, part=Part(course, 60), now=NOW)
    recorded(volunteer, service(town.team))
    RateDay.objects.create(
        date=today(NOW), centre=town.centre, category="water", team=town.team.code, formula=FORMULA
    )
    return town, course


def test_every_list_has_rows_and_loads_at_once_what_its_columns_show(client):
    town, course = town_with_rows()
    params = {**PARAMS, "signups": {"session": str(course.pk)}}
    for table in TABLES:
        sign_in_staff(client, town.clerk if table == "my-shifts" else town.admin)
        answer = take(client, table, **{"centre": town.centre.code, **params.get(table, {})})

        with CaptureQueriesContext(connection) as queries:
            lines = csv_rows(body(answer))

        assert lines, table
        assert len(queries) == 1 + PREFETCHED.get(table, 0), table
        assert all(len(line) == len(lines[0]) for line in lines), table


def test_every_staff_list_offers_its_file(client):
    town, session = town_with_rows()
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
        "need-rates": "/staff/needs/rates/",
        "teams": "/staff/teams/",
        "team-members": "/staff/teams/",
        "resources": "/staff/resources/",
        "uses": "/staff/uses/",
        "hours": "/staff/hours/ledger/",
        "training": "/staff/activities/",
        "signups": f"/volunteer/sessions/{session.pk}/",
    }

    shown = {table: client.get(page).content.decode() for table, page in pages.items()}

    assert {table for table in shown if f"/staff/exports/{table}.csv" not in shown[table]} == set()
    assert {*pages, "my-shifts"} == set(TABLES)
