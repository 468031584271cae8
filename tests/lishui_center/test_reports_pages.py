"""The reports: who reads which centres, for which days, and what they say."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import moment, today
from services.closing.actions import close_day
from services.closing.models import DayClose
from services.ratings.models import Score
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.hall import finished, make_hall, rated, walk_in
from tests.factories.services import NOW, CommunityFactory, PoolFactory, open_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
DAY = today(NOW)
MINUTE = timedelta(minutes=1)
URL = "dashboards:reports"


@pytest.fixture
def at_ten(client, stop_the_clock):
    stop_the_clock(NOW)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def pool():
    return make_hall().pool


@pytest.fixture
def manager(client, pool):
    user = staff_at(pool.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, user)
    return user


def day_of(centre, *, days_ago=1, **figures):
    """A closed day with these figures, as many waits in the hour from ten as are given."""
    waits = figures.pop("waits", {})
    figures["hours"] = {"10": {"taken": sum(waits.values()), "waits": waits}}
    return DayClose.objects.create(
        centre=centre, date=DAY - timedelta(days=days_ago), closed_at=NOW, figures=figures
    )


def report(client, **query):
    answer = client.get(
        reverse(URL), {"from" if key == "first" else key: query[key] for key in query}
    )
    assert answer.status_code == 200
    return answer


def cells(answer, name):
    """The texts of a section: {row: [cell, ...]}."""
    table = next(table for table in answer.context["tables"] if table.name == name)
    rows = [*table.rows, *([table.total] if table.total else [])]
    return {row.label: [cell.text for cell in row.cells] for row in rows}


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda centre: staff_at(centre, role=Role.CENTRE_MANAGER), 200),
        (lambda centre: town_wide(Role.TOWN_ADMIN), 200),
        (lambda centre: town_wide(Role.AUDITOR), 200),
        (staff_at, 404),
        (lambda centre: town_wide(Role.EXPERT), 404),
    ],
    ids=["manager", "town", "auditor", "clerk", "expert"],
)
def test_opens_to_those_who_answer_for_a_centre(client, pool, person, status):
    user = person(pool.centre_id)
    sign_in_staff(client, user)

    assert client.get(reverse(URL)).status_code == status
    home = client.get(reverse("dashboards:staff"))
    if home.status_code == 200:
        assert (f'href="{reverse(URL)}"' in home.content.decode()) == (status == 200)


def test_adds_up_the_days_of_the_period(client, manager, pool):
    day_of(pool.centre, waits={"2": 4, "8": 4})
    day_of(pool.centre, days_ago=2, waits={"20": 2})
    day_of(pool.centre, days_ago=9, waits={"200": 9})

    answer = report(client, days=7)

    assert answer.context["report"].days == 2
    assert cells(answer, "waits")["10:00"] == ["10", "8", "20"]


def test_says_too_few_instead_of_nine_in_ten(client, manager, pool):
    day_of(pool.centre, waits={"2": 4})

    assert cells(report(client), "waits")["10:00"][2] == "too few"


def test_a_manager_reads_nothing_of_other_centres(client, manager, pool):
    village = PoolFactory(centre=CommunityFactory(parent=pool.centre)).centre
    day_of(village, waits={"2": 9})

    for query in ({}, {"centre": village.code}):
        assert report(client, **query).context["report"].days == 0


def test_one_centre_can_be_chosen(client, pool):
    village = PoolFactory(centre=CommunityFactory(parent=pool.centre)).centre
    day_of(village, waits={"2": 9})
    day_of(pool.centre, waits={"3": 9})
    sign_in_staff(client, town_wide(Role.AUDITOR))

    assert cells(report(client), "taken")["10:00"] == ["18"]
    assert cells(report(client, centre=village.code), "waits")["10:00"][1] == "2"


def test_writes_out_of_how_many_a_share_is(client, manager, pool):
    bookings = {"done": 12, "no_show": 4, "cancelled": 4, "booked": 0, "checked_in": 0}
    day_of(pool.centre, bookings=bookings)

    rows = cells(report(client), "bookings")

    shares = [share for _number, share in rows.values()]
    assert [share.split(" = ")[1] for share in shares] == ["75 %", "25 %", "20 %", "0 %"]
    assert [number for number, _share in rows.values()] == ["12", "4", "4", "0"]


def test_today_is_counted_as_far_as_it_has_gone(client, manager, pool):
    finished(pool, now=NOW, taken_at=NOW - 6 * MINUTE)
    walk_in(pool)

    answer = report(client)

    assert cells(answer, "taken")["09:00"] == cells(answer, "taken")["10:00"] == ["1"]
    assert cells(answer, "windows")["10:00"][:2] == ["3", "1"]
    assert "Today so far" in answer.content.decode()


def test_today_is_counted_once_when_it_is_closed(client, manager, pool, stop_the_clock):
    walk_in(pool)
    night = moment(DAY, 88)
    close_day(centre=pool.centre, day=DAY, now=night)
    stop_the_clock(night)

    answer = report(client)

    assert cells(answer, "taken")["10:00"] == ["1"]
    assert answer.context["report"].open == 0


def test_a_period_of_the_past_does_not_count_today(client, manager, pool):
    walk_in(pool)
    day_of(pool.centre, days_ago=3, waits={"1": 1})

    yesterday = (DAY - timedelta(days=1)).isoformat()
    answer = report(client, first="2026-11-01", to=yesterday)

    assert cells(answer, "taken")["10:00"] == ["1"]


def test_a_day_closed_before_there_were_hours_does_not_harm(client, manager, pool):
    for days_ago, figures in ((1, {}), (2, {"tickets": {"done": 3}, "ratings": {"5": 1}})):
        DayClose.objects.create(
            centre=pool.centre,
            date=DAY - timedelta(days=days_ago),
            closed_at=NOW,
            figures=figures,
        )

    assert cells(report(client), "late-use")["At weekends"] == ["0", "0 of 3 = 0 %"]


@pytest.mark.parametrize(
    "query",
    [
        {"first": "9999-99-99"},
        {"first": "9999-12-31"},
        {"to": "0001-01-01"},
        {"first": "2026-11-20", "to": "2026-11-10"},
        {"first": "2024-11-20", "to": "2026-11-10"},
        {"days": "1000000000000"},
        {"days": "x"},
        {"centre": "nowhere"},
    ],
)
def test_says_what_is_wrong_and_shows_the_usual_period(client, manager, query):
    answer = report(client, **query)

    assert "field-bad" in answer.content.decode()
    asked = answer.context["asked"]
    assert (asked.first, asked.last) == (DAY - timedelta(days=27), DAY)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({"days": "7"}, "2026-11-19", "2026-11-25"),
        ({"first": "2025-11-25"}, "2025-11-25", "2026-11-25"),
        ({"first": "2026-11-01", "to": "2030-01-01"}, "2026-11-01", "2026-11-25"),
        ({"days": "7", "to": "2026-11-20"}, "2026-11-14", "2026-11-20"),
    ],
)
def test_takes_days_back_or_from_one_day_to_another(client, manager, query, first, last):
    asked = report(client, **query).context["asked"]

    assert [asked.first.isoformat(), asked.last.isoformat()] == [first, last]


def test_shows_the_words_of_the_dissatisfied_first_and_not_who(client, manager, pool):
    rated(Score.DISSATISFIED, pool=pool, text="等太久")
    praise = rated(Score.SATISFIED, pool=pool, text="很快")

    page = report(client).content.decode()

    assert page.index("等太久") < page.index("很快")
    assert praise.ticket.text not in page
    assert reverse("staff:ratings") in page


def test_an_auditor_is_not_led_to_where_he_may_not_go(client, pool):
    rated(Score.SATISFIED, pool=pool, text="很快")
    sign_in_staff(client, town_wide(Role.AUDITOR))

    page = report(client).content.decode()

    assert "很快" in page
    assert reverse("staff:ratings") not in page


def test_says_so_when_no_day_is_closed(client, manager, pool):
    answer = report(client, first="2026-11-01", to="2026-11-02")

    assert answer.context["tables"] == []
    assert "data-chart" not in answer.content.decode()


def test_a_year_of_the_town_costs_what_a_day_of_one_centre_costs(client, pool):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            report(client, first="2025-11-25")
        return len(asked)

    day_of(pool.centre, waits={"2": 9})
    rated(Score.DISSATISFIED, pool=pool, text="等太久")
    queries()
    few = queries()
    for _ in range(11):
        village = PoolFactory(centre=CommunityFactory(parent=pool.centre))
        open_day(village, DAY)
        rated(Score.DISSATISFIED, pool=village, text="等太久")
        for days_ago in range(1, 4):
            day_of(village.centre, days_ago=days_ago, waits={"2": 9})

    assert queries() == few
