"""What a resident's page costs: kilobytes on the way to the phone, questions to the database."""

import gzip
from functools import cache

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.catalogue.access import forget_visits
from tests.browser.activities import activity_places
from tests.browser.lending import venue_places
from tests.browser.needing import need_places
from tests.browser.places import public_places, resident_places, started_places
from tests.browser.recognition import recognition_places
from tests.browser.results import result_places
from tests.browser.teams import team_places
from tests.browser.test_pages_axe import visit
from tests.browser.thinking import think_tank_places
from tests.browser.town import Town
from tests.browser.volunteering import volunteer_places

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("wednesday_morning"),
    pytest.mark.ignore_template_errors,  # allauth's own templates ask for what is not there
]

BUDGET_BYTES = 60 * 1024
MOST_QUERIES = 12
RESIDENTS = [
    public_places,
    resident_places,
    started_places,
    volunteer_places,
    team_places,
    need_places,
    think_tank_places,
    activity_places,
    recognition_places,
    venue_places,
    result_places,
]


@pytest.mark.parametrize("places", RESIDENTS)
def test_a_first_visit_loads_little(open_phone, places):
    page = open_phone()

    @cache
    def weight_of(url):
        return len(gzip.compress(page.request.get(url).body()))

    weights = {}
    for place in places(Town()):
        html = visit(page, place).body()
        loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
        weights[place.name] = len(gzip.compress(html)) + sum(map(weight_of, loaded))

    assert {name: bytes_ for name, bytes_ in weights.items() if bytes_ > BUDGET_BYTES} == {}


@pytest.mark.parametrize("places", RESIDENTS)
def test_a_page_asks_the_database_little(places):
    counts = {}
    for place in places(Town()):
        forget_visits()
        with CaptureQueriesContext(connection) as queries:
            place.client.get(place.address)
        counts[place.name] = len(queries)

    assert {name: count for name, count in counts.items() if count > MOST_QUERIES} == {}
