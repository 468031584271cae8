"""What is known of people who took a number: handed out to them, and forgotten in time."""

from datetime import timedelta

import pytest

from lishui_center.accounts import privacy
from services.tickets.models import Source, Ticket
from services.tickets.privacy import KEPT_FOR, forget_old, forget_tickets
from tests.factories.accounts import UserFactory
from tests.factories.hall import make_hall, walk_in
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
PHONE = "13900000041"


@pytest.fixture
def person():
    return UserFactory(phone=PHONE, phone_verified_at=NOW)


def taken(pool, **more):
    return walk_in(pool, source=Source.DESK, phone=PHONE, **more)


def test_hands_out_the_numbers_of_a_proven_phone(person):
    pool = make_hall().pool
    ticket, _other = taken(pool), walk_in(pool)

    numbers = privacy.export_all(person, now=NOW)["numbers"]

    assert [number["number"] for number in numbers] == [ticket.text]


def test_hands_out_nothing_of_a_phone_that_was_not_proven():
    taken(make_hall().pool)

    assert privacy.export_all(UserFactory(phone=PHONE), now=NOW)["numbers"] == []


def test_forgets_what_is_over_and_keeps_who_still_waits(person):
    pool = make_hall().pool
    over, waiting = taken(pool), taken(pool)
    Ticket.objects.filter(pk=over.pk).update(state="left", ended_at=NOW)

    forget_tickets(person)

    over.refresh_from_db()
    waiting.refresh_from_db()
    assert (over.phone_sealed, over.phone_hash) == ("", "")
    assert waiting.phone_hash == person.phone_hash


def test_forgets_after_twelve_months_once():
    pool = make_hall().pool
    old, young = taken(pool), taken(pool)
    Ticket.objects.filter(pk=old.pk).update(taken_at=NOW - KEPT_FOR - timedelta(days=1))

    assert (forget_old(now=NOW), forget_old(now=NOW)) == (1, 0)

    assert Ticket.objects.exclude(phone_hash="").get() == young
