"""What a resident's page costs: kilobytes on the way to the phone, questions to the database."""

import gzip
from collections.abc import Iterator
from functools import cache

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.catalogue.access import forget_visits
from tests.browser.everywhere import RESIDENTS, all_places
from tests.browser.places import Place
from tests.browser.test_pages_axe import visit

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("wednesday_morning"),
    pytest.mark.ignore_template_errors,  # allauth's own templates ask for what is not there
]

BUDGET_BYTES = 60 * 1024
MOST_QUERIES = 12
MORE_QUERIES = {"volunteers:project": 17}
"""A lead's bench: plan, where its steps came from, money, photos, hours, needs and history of one
project, each asked once."""


def resident_places(group: str) -> Iterator[Place]:
    """The group's pages for people at home; what its scene also shows to staff is left out."""
    for place in all_places({group: RESIDENTS[group]}):
        if not place.address.startswith("/staff/"):
            yield place


@pytest.mark.parametrize("group", RESIDENTS)
def test_a_first_visit_loads_little(open_phone, group):
    page = open_phone()

    @cache
    def weight_of(url):
        return len(gzip.compress(page.request.get(url).body()))

    weights = {}
    for place in resident_places(group):
        html = visit(page, place).body()
        loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
        weights[place.name] = len(gzip.compress(html)) + sum(map(weight_of, loaded))

    assert {name: bytes_ for name, bytes_ in weights.items() if bytes_ > BUDGET_BYTES} == {}


@pytest.mark.parametrize("group", RESIDENTS)
def test_a_page_asks_the_database_little(group):
    counts = {}
    for place in resident_places(group):
        forget_visits()
        with CaptureQueriesContext(connection) as queries:
            place.client.get(place.address)
        counts[place.name] = len(queries)

    many = {
        name: count
        for name, count in counts.items()
        if count > MORE_QUERIES.get(name, MOST_QUERIES)
    }
    assert many == {}
