"""Where somebody stands in the queue, for many phones at once."""

import pytest
from django.urls import reverse

from services.console.actions import call_next
from services.tickets.access import standing_of
from tests.factories.hall import clerk_at, make_hall, queue_of
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return make_hall().pool


def test_phones_that_look_at_the_same_state_of_the_hall_ask_for_the_queue_once(
    pool, django_assert_num_queries
):
    first, second = queue_of(pool, 2)
    standing_of(first, state="7-1", now=NOW)

    with django_assert_num_queries(0):
        ahead = [standing_of(ticket, state="7-1", now=NOW).ahead for ticket in (first, second)]

    assert ahead == [0, 1]


def test_after_a_call_everybody_is_told_the_new_place(pool, client, stop_the_clock):
    stop_the_clock(NOW)
    _first, second = queue_of(pool, 2)
    clerk = clerk_at(pool)
    address = reverse("tickets:place", args=[second.secret])
    before = client.get(address).context["place"].standing.ahead

    call_next(clerk=clerk, now=NOW)

    assert (before, client.get(address).context["place"].standing.ahead) == (1, 0)
