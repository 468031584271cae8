"""Somebody hammers on the kiosk: one page gives one number, whatever the taps."""

import pytest

from services.tickets.models import Ticket, TicketEvent
from tests.factories.at_once import at_once
from tests.factories.hall import make_hall, walk_in

pytestmark = pytest.mark.django_db(transaction=True)
TAPS = 20


def test_twenty_taps_at_one_moment_give_one_number():
    pool = make_hall().pool

    answers = at_once(*[lambda: walk_in(pool, key="one-page").text] * TAPS)

    assert answers == ["A001"] * TAPS
    assert (Ticket.objects.count(), TicketEvent.objects.count()) == (1, 1)


def test_twenty_pages_tapped_at_one_moment_skip_no_number():
    pool = make_hall().pool
    taps = [
        lambda number=number: walk_in(pool, key=f"page-{number}").text for number in range(TAPS)
    ]

    assert sorted(at_once(*taps)) == [f"A{number:03d}" for number in range(1, TAPS + 1)]
