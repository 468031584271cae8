"""What the services hold about a person: to copy, and to forget."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from lishui_center.accounts import privacy
from services.bookings.models import Booking, Status
from services.household.models import FamilyMember
from services.privacy import forget_old, forget_visits
from services.slots.models import Claim
from services.standing.models import Suspension
from services.waitlist.models import WaitlistEntry
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, OfferingFactory, make_booking
from tests.factories.waiting import full_offering, offered, waiting

pytestmark = pytest.mark.django_db
PHONE = "13900000009"
AFTER = NOW + timedelta(days=2)


@pytest.fixture
def resident():
    """Somebody with a relative; the phone is proven."""
    user = UserFactory(phone=PHONE, phone_verified_at=NOW)
    FamilyMember.objects.create(user=user, name="陈大明", relation="parent")
    return user


def booking_of(user, status: str = Status.BOOKED) -> Booking:
    booking = make_booking(phone=PHONE)
    Booking.objects.filter(pk=booking.pk).update(user=user, status=status)
    booking.refresh_from_db()
    return booking


def pause_after(booking, *, days=30) -> Suspension:
    return Suspension.objects.create(
        phone_hash=booking.phone_hash,
        centre=booking.centre,
        cause=booking,
        starts_at=NOW,
        ends_at=NOW + timedelta(days=days),
        appeal_until=NOW,
        appeal_text="住院了",
    )


def copy_for(user):
    return json.loads(json.dumps(privacy.export_all(user, now=timezone.now())))["visits"]


def test_the_copy_holds_all_that_is_known(resident):
    booking = booking_of(resident)
    pause_after(booking)
    entry = waiting(full_offering(), phone=PHONE)

    copy = copy_for(resident)

    assert [row["reference"] for row in copy["bookings"]] == [booking.reference]
    assert [row["reference"] for row in copy["waiting"]] == [entry.reference]
    assert copy["pauses"][0]["appeal_text"] == "住院了"
    assert copy["family"][0]["name"] == "陈大明"


def test_the_copy_holds_what_was_booked_with_the_proven_phone_only(resident):
    booking_of(None)
    unproven = UserFactory(phone="13900000007")
    make_booking(OfferingFactory(pool=Claim.objects.get().pool), phone="13900000007")

    assert len(copy_for(resident)["bookings"]) == 1
    assert copy_for(unproven)["bookings"] == []


def test_the_copy_holds_nothing_of_others(resident):
    pause_after(booking_of(resident))

    assert copy_for(UserFactory()) == {"bookings": [], "waiting": [], "pauses": [], "family": []}


def test_the_copy_asks_the_same_for_many(resident, django_assert_max_num_queries):
    offering = full_offering()
    for number in range(12):
        entry = waiting(offering, phone=f"139000008{number:02d}")
        WaitlistEntry.objects.filter(pk=entry.pk).update(user=resident)

    with django_assert_max_num_queries(10):
        copy_for(resident)


@pytest.mark.parametrize(
    ("status", "now"),
    [(Status.DONE, NOW), (Status.NO_SHOW, NOW), (Status.BOOKED, AFTER)],
)
def test_takes_the_person_out_of_what_is_over(resident, status, now):
    booking = booking_of(resident, status)

    forget_visits(resident, now=now)

    booking.refresh_from_db()
    assert (booking.user, booking.name, booking.phone, booking.phone_hash) == (None, "", "", "")
    assert booking.person_hash == f"gone-{booking.pk}"
    assert not FamilyMember.objects.exists()


def test_forgets_two_visits_of_one_day_that_nobody_closed(resident):
    booking = booking_of(resident)
    make_booking(OfferingFactory(pool=booking.pool), phone=PHONE)

    forget_visits(resident, now=AFTER)

    assert set(Booking.objects.values_list("phone_hash", flat=True)) == {""}


def test_keeps_who_is_still_expected(resident):
    booking = booking_of(resident)

    forget_visits(resident, now=NOW)

    booking.refresh_from_db()
    assert booking.phone == PHONE


def test_stops_waiting_and_gives_the_held_place_back(resident):
    offered(full_offering(), phone=PHONE)

    forget_visits(resident, now=NOW)

    assert not WaitlistEntry.objects.exists()
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("days", "kept"), [(30, True), (1, False)])
def test_keeps_a_pause_only_while_it_lasts(resident, days, kept):
    pause = pause_after(booking_of(resident, Status.NO_SHOW), days=days)

    forget_visits(resident, now=AFTER)

    pause.refresh_from_db()
    assert bool(pause.phone_hash) is kept


def test_is_run_when_the_account_is_erased(resident):
    privacy.erase_all(resident)

    assert not FamilyMember.objects.exists()


def test_forgets_everybody_after_a_year():
    booking = make_booking(phone=PHONE)
    pause = pause_after(booking)
    year = timedelta(days=365)

    assert forget_old(now=booking.starts_at + year) == 0
    assert forget_old(now=booking.starts_at + year + timedelta(days=40)) == 1
    assert forget_old(now=booking.starts_at + year + timedelta(days=40)) == 0

    booking.refresh_from_db()
    pause.refresh_from_db()
    assert (booking.name, pause.phone_hash, pause.appeal_text) == ("", "", "")
