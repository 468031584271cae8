"""Holds: a place kept while its holder types, and what becomes of it."""

from datetime import timedelta

import pytest

from services.bookings.actions import book_visit
from services.bookings.models import Channel
from services.bookings.visitors import BookingRequest, make_visitor
from services.slots.actions import hold_slot
from services.slots.errors import HoldExpiredError, SlotClosedError, SlotFullError
from services.slots.models import Claim
from tests.factories.services import NOW, open_offering, visit_of

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def ask(offering, start=TOMORROW, phone="13900000001", hold=""):
    visitor = make_visitor(name="陈小怡", phone=phone, language="zh-hans")
    return BookingRequest(visit_of(offering), start, visitor, Channel.WEB, hold=hold)


def test_turns_a_hold_into_the_booking():
    offering = open_offering(pool__lanes_online=1)
    hold = hold_slot(visit=visit_of(offering), start=TOMORROW, now=NOW)

    booking = book_visit(request=ask(offering, hold=hold.token), now=NOW).booking

    assert Claim.objects.get().booking == booking


def test_a_hold_keeps_others_out_until_it_expires():
    offering = open_offering(pool__lanes_online=1)
    hold_slot(visit=visit_of(offering), start=TOMORROW, now=NOW)

    with pytest.raises(SlotFullError):
        book_visit(request=ask(offering), now=NOW + timedelta(minutes=9, seconds=59))

    assert book_visit(request=ask(offering), now=NOW + timedelta(minutes=10)).is_new


def test_an_expired_hold_is_no_harm_while_the_time_is_free():
    offering = open_offering(pool__lanes_online=1)
    hold = hold_slot(visit=visit_of(offering), start=TOMORROW, now=NOW)
    request = ask(offering, hold=hold.token)

    assert book_visit(request=request, now=NOW + timedelta(minutes=30)).is_new
    assert Claim.objects.count() == 1


def test_an_expired_hold_of_a_time_now_taken_is_refused_as_such():
    offering = open_offering(pool__lanes_online=1)
    hold = hold_slot(visit=visit_of(offering), start=TOMORROW, now=NOW)
    later = NOW + timedelta(minutes=30)
    book_visit(request=ask(offering, phone="13900000002"), now=later)

    with pytest.raises(HoldExpiredError):
        book_visit(request=ask(offering, hold=hold.token), now=later)


def test_a_hold_for_another_time_takes_nothing_with_it():
    offering = open_offering(pool__lanes_online=1)
    hold = hold_slot(visit=visit_of(offering), start=TOMORROW, now=NOW)

    request = ask(offering, TOMORROW + timedelta(hours=1), hold=hold.token)
    booking = book_visit(request=request, now=NOW).booking

    assert list(Claim.objects.values_list("booking", "cell")) == [(booking.pk, 44)]


def test_refuses_a_held_time_that_closed_meanwhile():
    offering = open_offering()
    hold = hold_slot(visit=visit_of(offering), start=TOMORROW, now=NOW)
    offering.pool.day_plans.update(spans=[])

    with pytest.raises(SlotClosedError):
        book_visit(request=ask(offering, hold=hold.token), now=NOW)

    assert Claim.objects.get().hold == hold.token


def test_choosing_another_time_gives_back_the_first_hold():
    offering = open_offering()
    visit = visit_of(offering)
    first = hold_slot(visit=visit, start=TOMORROW, now=NOW)

    second = hold_slot(
        visit=visit, start=TOMORROW + timedelta(hours=1), now=NOW, replaces=first.token
    )

    assert list(Claim.objects.values_list("hold", flat=True)) == [second.token]
