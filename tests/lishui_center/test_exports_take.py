"""Short lists as files at once: who gets which, what the trail says, what the answer is like."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES, TRAIL_READERS, Role
from lishui_center.audit.actions import record
from lishui_center.audit.models import Event
from lishui_center.common.tables import TABLES
from lishui_center.exports.models import Export
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.exports import body, csv_rows, take, xlsx_cells
from tests.factories.opening import booking_at, weekly_offering
from tests.factories.services import NOW, CommunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
TOMORROW = "2026-11-26"


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return weekly_offering()


@pytest.fixture
def clerk(client, offering):
    user = staff_at(offering.centre_id)
    sign_in_staff(client, user)
    return user


def bookings(client, **params) -> list[dict[str, str]]:
    return csv_rows(body(take(client, "bookings", day=TOMORROW, **params)))


def test_a_day_of_bookings_as_on_the_page(client, clerk, offering):
    booking = booking_at(offering, 18, name="陈小怡")

    (line,) = bookings(client)

    assert line["预约码"] == booking.reference
    assert line["时间"] == "2026-11-26T18:00:00+08:00"
    assert line["状态"] == booking.get_status_display()


def test_personal_data_stays_masked(client, clerk, offering):
    booking_at(offering, 18, name="陈小怡")

    content = body(take(client, "bookings", day=TOMORROW)).decode()

    assert "陈*怡" in content
    assert "139****0001" in content
    assert "陈小怡" not in content
    assert "13900000001" not in content


def test_the_filters_of_the_page_hold(client, clerk, offering):
    evening = booking_at(offering, 18)
    booking_at(offering, 10, number=2)

    (line,) = bookings(client, band="evening")

    assert line["预约码"] == evening.reference


@pytest.mark.parametrize("query", [{"band": "x"}, {"state": "?"}, {"centre": "nowhere"}])
def test_wrong_filters_mean_what_they_mean_on_the_page(client, clerk, offering, query):
    booking_at(offering, 18)

    assert len(bookings(client, **query)) == 1


def test_nobody_takes_another_centres_bookings(client, offering):
    booking_at(offering, 18)
    sign_in_staff(client, staff_at(CommunityFactory().pk))

    assert bookings(client) == []
    assert bookings(client, centre=offering.centre.code) == []


@pytest.mark.parametrize("table", ["numbers", "day-sheet", "roster"])
def test_a_hall_where_one_does_not_work_is_not_there(client, offering, table):
    sign_in_staff(client, staff_at(CommunityFactory().pk, role=Role.CENTRE_MANAGER))

    assert take(client, table, centre=offering.centre.code).status_code == 404


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("role", [*sorted(STAFF_ROLES), Role.AUDITOR])
def test_each_list_is_open_to_the_roles_of_its_page(client, offering, table, role):
    user = (
        town_wide(role) if role != Role.CENTRE_MANAGER else staff_at(offering.centre_id, role=role)
    )
    sign_in_staff(client, user)

    answer = take(client, table, centre=offering.centre.code)

    assert answer.status_code == (200 if role in TABLES[table].roles else 404)


def test_the_roles_are_those_of_the_pages():
    assert TABLES["trail"].roles == TRAIL_READERS
    assert TABLES["roles"].roles == TABLES["ratings"].roles == MANAGER_ROLES
    assert TABLES["bookings"].roles == STAFF_ROLES


def test_residents_find_nothing_and_visitors_sign_in(client):
    assert take(client, "bookings").status_code == 302
    client.force_login(UserFactory())

    assert take(client, "bookings").status_code == 404


def test_one_factor_is_not_enough(client, offering):
    client.force_login(staff_at(offering.centre_id))

    assert take(client, "bookings").status_code == 302


@pytest.mark.parametrize("address", ["nothing.csv", "bookings.pdf", "bookings", "../roles.csv"])
def test_what_is_no_list_is_not_there(client, clerk, address):
    assert client.get(f"/staff/exports/{address}").status_code in {404, 301}


def test_excel_has_the_same_rows(client, clerk, offering):
    booking = booking_at(offering, 18)

    cells = xlsx_cells(body(take(client, "bookings", "xlsx", day=TOMORROW)))

    assert cells["B2"] == ("inlineStr", booking.reference)
    assert cells["A2"][0] == "n"


def test_the_file_is_named_in_the_readers_language(client, clerk):
    chinese = take(client, "bookings")["Content-Disposition"]
    english = client.get("/staff/exports/bookings.xlsx", headers={"Accept-Language": "en"})

    body(english)
    assert chinese == "attachment; filename*=utf-8''%E9%A2%84%E7%BA%A6-2026-11-25.csv"
    assert english["Content-Disposition"] == 'attachment; filename="Bookings-2026-11-25.xlsx"'


def test_the_answer_streams_and_is_kept_by_no_cache(client, clerk):
    answer = take(client, "bookings")

    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_the_answer_may_be_compressed(client, clerk):
    answer = client.get("/staff/exports/bookings.csv", headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(body(answer)).startswith(b"\xef\xbb\xbf")


def test_no_row_is_read_before_the_heading_is_sent(client, clerk, offering):
    booking_at(offering, 18)
    with CaptureQueriesContext(connection) as asked:
        answer = take(client, "bookings", day=TOMORROW)
        next(answer.streaming_content)
        before = len(asked)
        assert b"139****0001" in next(answer.streaming_content)

    assert len(asked) > before
    column = '"services_booking"."phone_sealed"'
    assert not any(column in query["sql"] for query in asked.captured_queries[:before])


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_list_of_twelve_costs_what_a_list_of_one_costs(client, clerk, offering, file_format):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            body(take(client, "bookings", file_format, day=TOMORROW))
        return len(asked)

    booking_at(offering, 9)
    queries()
    few = queries()
    for number in range(2, 13):
        booking_at(offering, 8 + number, number=number)

    assert queries() == few


def test_the_trail_knows_what_was_taken_and_not_what_was_looked_for(client, clerk, offering):
    booking = booking_at(offering, 18)

    bookings(client, q=booking.phone)

    event = Event.objects.get(action="list.exported")
    assert event.actor == clerk
    assert event.facts == {
        "name": "bookings",
        "format": "csv",
        "rows": 1,
        "filters": ["day", "q"],
    }


def test_the_trail_itself_can_be_taken_by_auditors(client):
    resident = UserFactory(display_name="陈小怡")
    record(resident, "visit.made", resident)
    sign_in_staff(client, town_wide(Role.AUDITOR))

    lines = csv_rows(body(take(client, "trail", action="visit")))

    with translation.override("zh-hans"):
        assert [line["操作"] for line in lines] == ["visit.made"]
    assert Event.objects.filter(action="list.exported").count() == 1


def test_a_short_list_leaves_no_export_behind(client, clerk):
    body(take(client, "bookings"))
    body(take(client, "bookings", "xlsx"))

    assert not Export.objects.exists()


def test_the_page_offers_its_own_choice(client, clerk, offering):
    booking_at(offering, 18)

    page = client.get("/staff/bookings/", {"day": TOMORROW, "band": "evening", "page": "1"})

    assert "/staff/exports/bookings.csv?day=2026-11-26&amp;band=evening" in page.content.decode()
