"""Taking a list away in the browser: at once, or by watching it being written."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from lishui_center.accounts.rules import Role
from lishui_center.exports import actions
from lishui_center.exports.models import Export
from lishui_center.exports.tasks import write_due
from tests.browser.walk import button, link
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.exports import csv_rows
from tests.factories.services import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]


@pytest.fixture
def office(open_phone):
    """The administrator of a town with three clerks; keywords are the browser's."""
    client = Client()
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    for _ in range(3):
        staff_at(1)

    def open_page(**options):
        page = open_phone(language="en", **options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
        page.context.add_cookies([cookie | {"domain": "localhost", "path": "/"}])
        page.goto(reverse("accounts:roles"))
        return page

    return open_page


def saved(page, name: str) -> bytes:
    """What the browser saves after a tap on the link."""
    with page.expect_download() as download:
        link(page, name).click()
    assert download.value.suggested_filename == "Roles-2026-11-25.csv"
    return download.value.path().read_bytes()


def test_a_short_list_is_saved_at_once(office):
    assert len(csv_rows(saved(office(), "CSV"))) == 3


def test_a_long_list_shows_how_far_it_is_and_is_there_in_the_end(office, settings):
    settings.EXPORT_AT_ONCE = 1
    page = office()
    link(page, "CSV").click()
    expect(page.locator("main")).to_contain_text("The list has 3 rows")
    button(page, "Prepare the CSV file").click()
    progress = page.get_by_role("progressbar", name="Rows written")
    expect(progress).to_have_attribute("value", "0")

    claimed = actions.claim_next(now=NOW)
    actions.begin(claimed, rows=3, now=NOW)
    actions.advance(claimed, rows=2, now=NOW)
    expect(progress).to_have_attribute("value", "2")
    Export.objects.update(claimed_until=NOW)
    write_due()

    expect(link(page, "Fetch the CSV file")).to_be_visible()
    assert len(csv_rows(saved(page, "Fetch the CSV file"))) == 3


def test_a_long_list_without_javascript(office, settings):
    settings.EXPORT_AT_ONCE = 1
    page = office(java_script_enabled=False)
    link(page, "CSV").click()
    button(page, "Prepare the CSV file").click()
    write_due()

    link(page, "Look again").click()

    assert len(csv_rows(saved(page, "Fetch the CSV file"))) == 3


def test_one_that_takes_too_long_is_stopped(office, settings):
    settings.EXPORT_AT_ONCE = 1
    page = office()
    link(page, "CSV").click()
    button(page, "Prepare the CSV file").click()

    button(page, "Stop the export").click()

    expect(page.locator("#export")).to_contain_text("Stopped")
