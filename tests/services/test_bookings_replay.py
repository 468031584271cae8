"""The digest by which book_visit tells a replay: keyed, as the phone is in it."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from services.bookings.actions import book_visit
from services.bookings.errors import IdempotencyError
from services.bookings.models import Booking
from services.privacy import forget_old
from services.waitlist.actions import WaitingVisitor
from tests.factories.services import NOW, open_offering
from tests.services.test_bookings_book import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish():
    return ask(open_offering(), idempotency_key="k1")


def test_nobody_makes_the_digest_without_the_key(wish, settings):
    """Not even from the row, where all of it stands beside but the phone."""
    person = WaitingVisitor("陈小怡", "13900000001", "zh-hans", known_hash="as stored")
    known = replace(wish, visitor=person)
    digest = known.digest

    settings.LOOKUP_KEY = "another"

    assert known.digest != digest


def test_a_new_key_leaves_no_digest_of_the_old_one(wish, settings):
    book_visit(request=wish, now=NOW)

    settings.LOOKUP_KEY = "another"
    call_command("rotate_keys", verbosity=0)

    assert Booking.objects.get().request_hash == ""


def test_a_replay_after_that_is_refused_and_books_nothing(wish, settings):
    book_visit(request=wish, now=NOW)
    settings.LOOKUP_KEY = "another"
    call_command("rotate_keys", verbosity=0)

    with pytest.raises(IdempotencyError):
        book_visit(request=wish, now=NOW)

    assert Booking.objects.count() == 1


def test_a_new_field_key_leaves_replays_alone(wish, settings):
    made = book_visit(request=wish, now=NOW).booking

    settings.FIELD_KEYS = ["new", *settings.FIELD_KEYS]
    call_command("rotate_keys", verbosity=0)

    assert book_visit(request=wish, now=NOW).booking == made


def test_is_forgotten_with_the_person(wish):
    book_visit(request=wish, now=NOW)

    forget_old(now=NOW.replace(year=NOW.year + 2))

    assert Booking.objects.get().request_hash == ""
