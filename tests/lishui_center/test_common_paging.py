"""Pages of lists whose end nobody counts."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from lishui_center.accounts.models import User
from lishui_center.common.paging import LongPaginator
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
COUNTED = 5


@pytest.fixture(autouse=True)
def counts_to_five(monkeypatch):
    monkeypatch.setattr("lishui_center.common.paging.COUNTED", COUNTED)


def pages_of(number):
    UserFactory.create_batch(number)
    return LongPaginator(User.objects.order_by("pk"), 2)


def seen(page):
    shown = Template("{% load components %}{% pagination page %}")
    return shown.render(Context({"page": page, "request": RequestFactory().get("/")}))


def test_counts_a_short_list_as_ever():
    pages = pages_of(COUNTED)

    assert (pages.count, pages.num_pages, pages.is_capped) == (COUNTED, 3, False)
    assert pages.get_page("9").number == 3
    assert "3" in seen(pages.get_page(2))


def test_reaches_every_row_of_a_long_list():
    pages = pages_of(COUNTED * 3)
    found, number = [], 1
    while number:
        page = pages.get_page(number)
        found += page
        assert page.has_previous() == (number > 1)
        number = page.next_page_number() if page.has_next() else 0

    assert pages.is_capped
    assert found == list(User.objects.order_by("pk"))
    assert page.number == 8
    assert "page=9" not in seen(page)
    assert "page=7" in seen(page)


@pytest.mark.parametrize("wanted", ["x", "-1", "0", "99", "9" * 40, None, "²"])
def test_shows_the_first_page_for_what_is_none(wanted):
    assert pages_of(COUNTED + 1).get_page(wanted).number == 1


def test_never_reads_more_than_it_counts():
    pages = pages_of(COUNTED * 3)

    with CaptureQueriesContext(connection) as made:
        pages.get_page(1)

    assert len(made) == 2
    assert f"LIMIT {COUNTED + 1}" in made[0]["sql"]
    assert "LIMIT 3" in made[1]["sql"]
