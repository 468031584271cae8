"""What the services hold about a person: to copy, and to forget."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lishui_center.accounts import privacy
from lishui_center.common.encryption import lookup_hash
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.bookings.models import Booking, Status
from services.bookings.visitors import make_visitor
from services.household.models import FamilyMember
from services.privacy import forget_old, forget_visits
from services.slots.models import Claim
from services.standing.models import Suspension
from services.waitlist.models import WaitlistEntry
from tests.factories.accounts import UserFactory
from tests.factories.notifications import recipient, written
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


def visitor_of(user):
    return make_visitor(name="陈小怡", phone=PHONE, language="zh-hans", user=user)


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
    entry = waiting(full_offering(), phone=PHONE)
    pause_after(booking)

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


def test_the_copy_asks_the_same_for_many(resident):
    offering, asked = full_offering(), []
    for number in range(12):
        entry = waiting(offering, phone=f"139000008{number:02d}")
        WaitlistEntry.objects.filter(pk=entry.pk).update(user=resident)
        with CaptureQueriesContext(connection) as queries:
            copy_for(resident)
        asked.append(len(queries))

    assert set(asked) == {asked[0]}


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
    privacy.erase_all(resident, now=NOW)

    assert not FamilyMember.objects.exists()


def test_an_erased_person_is_still_reminded_of_the_visit_to_come(resident):
    booking = make_booking(visitor=visitor_of(resident))
    assert Notification.objects.filter(user=resident).exists()

    privacy.erase_all(resident, now=NOW)

    reminder = Notification.objects.get(kind="booking_same_day", subject_id=booking.pk)
    assert (reminder.state, reminder.user, reminder.email) == (State.DUE, None, "")
    assert reminder.phone_hash == booking.phone_hash


def test_erasing_forgets_what_was_sent_to_the_proven_phone_without_signing_in(resident):
    make_booking(phone=PHONE)
    written(recipient=recipient(phone="13900000007"))
    for key in Notification.objects.values_list("key", flat=True):
        send_one(key, now=NOW)

    privacy.erase_all(resident, now=NOW)

    assert set(Notification.objects.exclude(next_at=None).values_list("kind", flat=True)) == {
        "booking_same_day"
    }
    assert Notification.objects.get(next_at=None).phone_hash == lookup_hash("13900000007")


@pytest.mark.parametrize("now", [NOW, AFTER])
def test_erasing_forgets_what_is_to_be_said_about_nothing_to_come(resident, now):
    offered(full_offering(), phone=PHONE)
    make_booking(visitor=visitor_of(resident))
    written(kind="sign_in_code", recipient=recipient(phone=PHONE), context={"code": "482913"})

    privacy.erase_all(resident, now=now)

    left = Notification.objects.filter(phone_hash=resident.phone_hash)
    assert {row.subject_kind for row in left} == ({"booking"} if now == NOW else set())


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
