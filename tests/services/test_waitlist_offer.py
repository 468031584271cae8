"""Offers: who gets one, for how long, and what becomes of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.bookings.models import Channel, Status
from services.changes.actions import cancel_booking
from services.slots.models import Claim
from services.waitlist.actions import accept_offer, leave_waitlist
from services.waitlist.errors import OfferOverError
from services.waitlist.models import WaitlistEntry, WaitState
from services.waitlist.offers import (
    close_overtaken,
    close_unanswered,
    offer_everywhere,
    offer_places,
)
from tests.factories.services import NOW, make_booking
from tests.factories.waiting import TOMORROW, free_a_place, full_offering, offered, waiting

pytestmark = pytest.mark.django_db
IN_TWO_HOURS = NOW + timedelta(hours=2)


def states():
    return list(WaitlistEntry.objects.order_by("pk").values_list("state", flat=True))


def test_holds_the_place_for_the_first_who_came():
    offering = full_offering()
    first = waiting(offering)
    waiting(offering, phone="13900000008", now=NOW + timedelta(minutes=1))
    free_a_place(offering)

    offer_everywhere(now=NOW)

    first.refresh_from_db()
    assert states() == [WaitState.OFFERED, WaitState.WAITING]
    assert (first.offered_start, first.offer_expires_at) == (TOMORROW, IN_TWO_HOURS)
    assert list(Claim.objects.values_list("hold", "expires_at")) == [(first.hold, IN_TWO_HOURS)]


def test_offers_nothing_twice():
    entry = offered(full_offering())

    assert offer_everywhere(now=NOW) == 0
    assert Notification.objects.filter(kind="waitlist_offer").count() == 1
    assert Claim.objects.get().hold == entry.hold


def test_sends_no_offer_that_has_run_out():
    entry = offered(full_offering(pool__centre__policy__offer_minutes=30))
    offer = Notification.objects.get(kind="waitlist_offer")

    send_one(offer.key, now=entry.offer_expires_at)

    offer.refresh_from_db()
    assert offer.state == State.DROPPED


def test_passes_by_a_wish_for_another_hour():
    offering = full_offering(starts=2)
    waiting(offering)
    second = waiting(offering, phone="13900000008", first=TOMORROW + timedelta(minutes=15))
    free_a_place(offering, start_cell=41)

    offer_everywhere(now=NOW)

    second.refresh_from_db()
    assert second.offered_start == TOMORROW + timedelta(minutes=15)


def test_passes_by_a_long_visit_that_does_not_fit():
    offering = full_offering(starts=2)
    entry = waiting(offering)
    WaitlistEntry.objects.filter(pk=entry.pk).update(cells=2)
    waiting(offering, phone="13900000008")
    free_a_place(offering, start_cell=40)

    offer_everywhere(now=NOW)

    assert states() == [WaitState.WAITING, WaitState.OFFERED]


def test_passes_by_someone_who_could_not_book_it():
    offering = full_offering(starts=2)
    waiting(offering)
    waiting(offering, phone="13900000008")
    make_booking(offering, phone="13900000009", start=TOMORROW + timedelta(days=1))
    free_a_place(offering, start_cell=40)

    offer_everywhere(now=NOW)

    assert states() == [WaitState.WAITING, WaitState.OFFERED]


def test_made_at_night_it_is_held_until_it_can_be_read():
    night, answered_by = NOW + timedelta(hours=13), NOW + timedelta(days=1)
    later = TOMORROW + timedelta(hours=4)
    offering = full_offering(starts=17)
    entry = waiting(offering, first=later)
    free_a_place(offering, starts_at=later)

    offer_places(pool_id=offering.pool_id, day=entry.date, now=night)

    entry.refresh_from_db()
    message = Notification.objects.get(kind="waitlist_offer")
    assert entry.offer_expires_at == answered_by
    assert message.due_at == answered_by - timedelta(hours=2)
    assert message.context["within"].startswith("2")


def test_made_at_night_for_the_early_morning_it_is_no_offer():
    offering = full_offering()
    entry = waiting(offering)
    free_a_place(offering)

    assert offer_everywhere(now=NOW + timedelta(hours=13)) == 0
    assert not Claim.objects.exists()
    assert entry.state == WaitState.WAITING


def test_says_where_when_and_how_long():
    entry = offered(full_offering())
    message = Notification.objects.get(kind="waitlist_offer")

    send_one(message.key, now=NOW)

    message.refresh_from_db()
    assert message.state == State.SENT
    assert message.text.startswith("您候补的11月26日10:00居住证签注已有名额")
    assert entry.version == message.subject_version


def test_a_declined_offer_is_no_longer_announced():
    entry = offered(full_offering())
    message = Notification.objects.get(kind="waitlist_offer")
    leave_waitlist(entry_id=entry.pk)

    send_one(message.key, now=NOW)

    message.refresh_from_db()
    assert message.state == State.DROPPED


def test_accepting_books_the_held_place():
    entry = offered(full_offering())

    booking = accept_offer(entry_id=entry.pk, now=IN_TWO_HOURS - timedelta(seconds=1))

    entry.refresh_from_db()
    assert (entry.state, entry.booking, entry.hold) == (WaitState.TAKEN, booking, "")
    assert (booking.starts_at, booking.status, booking.channel) == (
        TOMORROW,
        Status.BOOKED,
        Channel.WEB,
    )
    assert booking.person_hash == entry.person_hash
    assert Claim.objects.get().booking == booking


def test_accepting_twice_books_once():
    entry = offered(full_offering())

    assert accept_offer(entry_id=entry.pk, now=NOW) == accept_offer(entry_id=entry.pk, now=NOW)


def test_accepting_too_late_is_refused():
    entry = offered(full_offering())

    with pytest.raises(OfferOverError):
        accept_offer(entry_id=entry.pk, now=IN_TWO_HOURS)


def test_an_unanswered_offer_goes_to_the_next():
    offering = full_offering()
    offered(offering)
    waiting(offering, phone="13900000008", now=NOW)

    close_unanswered(now=IN_TWO_HOURS)
    offer_everywhere(now=IN_TWO_HOURS)

    assert states() == [WaitState.EXPIRED, WaitState.OFFERED]


def test_an_answer_in_time_is_not_closed():
    entry = offered(full_offering())
    accept_offer(entry_id=entry.pk, now=NOW)

    assert close_unanswered(now=IN_TWO_HOURS) == 0


def test_waiting_ends_with_its_last_start():
    offering = full_offering()
    waiting(offering)

    assert close_overtaken(now=TOMORROW - timedelta(seconds=1)) == 0
    assert close_overtaken(now=TOMORROW) == 1
    assert states() == [WaitState.EXPIRED]


def test_the_database_refuses_one_hold_for_two():
    offering = full_offering(starts=2)
    entry = offered(offering)
    other = waiting(offering, phone="13900000008", first=TOMORROW + timedelta(minutes=15))

    with pytest.raises(IntegrityError):
        WaitlistEntry.objects.filter(pk=other.pk).update(hold=entry.hold)


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_booking_is_offered_at_once(monkeypatch):
    offering = full_offering()
    entry = waiting(offering)
    booking = Claim.objects.get().booking
    monkeypatch.setattr("services.waitlist.offers.timezone.now", lambda: NOW)

    cancel_booking(booking_id=booking.pk, now=NOW)

    entry.refresh_from_db()
    assert entry.state == WaitState.OFFERED
