"""The reports in a real browser: charts from the tables, and the tables without scripts."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import moment, today
from services.closing.actions import close_day
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.hall import finished, make_hall
from tests.factories.house import wait_until
from tests.factories.services import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]

DRAWN = """(canvas) => canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part > 0)"""


@pytest.fixture
def open_reports(open_phone, base_url):
    """The reports of a centre with one closed day, as its manager sees them."""
    pool = make_hall().pool
    finished(pool)
    close_day(centre=pool.centre, day=today(NOW), now=moment(today(NOW), 88))
    client = Client()
    sign_in_staff(client, staff_at(pool.centre_id, role=Role.CENTRE_MANAGER))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_page(**options):
        page = open_phone(language="en", **options)
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}]
        )
        page.goto(reverse("dashboards:reports"))
        return page

    return open_page


def test_draws_a_chart_above_its_table(open_reports):
    page = open_reports()
    chart = page.locator("#taken .chart")

    expect(chart.get_by_role("img", name="Chart: Numbers taken by hour.")).to_be_visible()
    assert chart.locator("canvas").evaluate(DRAWN)
    assert page.locator("#taken .chart + table").count() == 1


def test_names_what_the_bars_stand_for(open_reports):
    legend = open_reports().locator("#windows .chart figcaption")

    expect(legend).to_contain_text("Open")
    expect(legend).to_contain_text("Used")


def test_a_chart_is_as_wide_as_the_page_after_turning_the_phone(open_reports):
    page = open_reports()
    canvas = page.locator("#taken canvas")

    def is_drawn_within(least: float, most: float) -> None:
        # Not wait_for_function: its second look at the page is an eval, which our CSP forbids.
        wait_until(lambda: least < canvas.bounding_box()["width"] < most, seconds=10)

    page.set_viewport_size({"width": 740, "height": 360})
    is_drawn_within(400, 740)
    page.set_viewport_size({"width": 360, "height": 740})
    is_drawn_within(0, 340)


def test_has_the_tables_without_scripts(open_reports):
    page = open_reports(java_script_enabled=False)

    expect(page.locator("#taken table")).to_be_visible()
    expect(page.locator("#taken tbody tr", has_text="10:00")).to_contain_text("1")
    expect(page.locator("canvas")).to_have_count(0)
