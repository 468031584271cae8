"""What stops a person: a suspension, under whichever policy it began, and limits that last."""

from datetime import timedelta

import pytest

from lishui_center.common.clock import today
from services.bookings.errors import DailyLimitError, SuspendedError
from services.bookings.limits import check_person, past_of
from services.bookings.models import Booking
from services.bookings.visitors import make_visitor
from services.household.actions import Relative, add_relative, remove_relative
from services.household.models import Relation
from services.standing.models import Suspension
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, CommunityFactory, make_booking, open_offering
from tests.services.test_bookings_book import ask, suspend_for_no_shows

pytestmark = pytest.mark.django_db


def missed_long_ago(offering, *, days_ago, **terms):
    """A suspension still in force for a visit missed so many days ago."""
    suspension = suspend_for_no_shows(offering)
    day = NOW - timedelta(days=days_ago)
    Booking.objects.filter(pk=suspension.cause_id).update(starts_at=day, date=day.date())
    Suspension.objects.update(**{"starts_at": day} | terms)


def test_it_counts_at_a_centre_whose_own_would_be_shorter():
    missed_long_ago(open_offering(), days_ago=45, ends_at=NOW + timedelta(days=15))
    here = open_offering(pool__centre=CommunityFactory(policy__suspension_days=30))

    with pytest.raises(SuspendedError):
        make_booking(here)


def test_it_counts_after_the_policy_changed():
    offering = open_offering()
    missed_long_ago(offering, days_ago=45, ends_at=NOW + timedelta(days=15))

    with pytest.raises(SuspendedError):
        make_booking(offering)


def test_it_needs_no_visit_to_remember():
    offering = open_offering()
    suspend_for_no_shows(offering).cause.delete()

    with pytest.raises(SuspendedError) as refusal:
        make_booking(offering)
    assert "12月25日" in str(refusal.value)


@pytest.mark.parametrize(
    "terms",
    [
        {"ends_at": NOW},
        {"starts_at": NOW + timedelta(minutes=1)},
        {"lifted_at": NOW},
        {"phone_hash": "another"},
    ],
)
def test_it_stops_nobody_when_it_is_not_in_force(terms):
    offering = open_offering()
    suspend_for_no_shows(offering)
    Suspension.objects.update(**{"starts_at": NOW - timedelta(days=1)} | terms)

    assert make_booking(offering)


def test_of_two_the_later_end_is_told():
    offering = open_offering()
    first = suspend_for_no_shows(offering)
    Suspension.objects.create(
        phone_hash=first.phone_hash,
        centre=first.centre,
        starts_at=NOW,
        ends_at=NOW + timedelta(days=60),
        appeal_until=NOW,
    )

    with pytest.raises(SuspendedError) as refusal:
        make_booking(offering)
    assert refusal.value.details["until"] == "1月24日（周日）"


def booked_for_mother(user, offering):
    """A booking for a relative without a phone, entered just now and removed again."""
    mother = add_relative(user=user, relative=Relative("李阿婆", Relation.PARENT))
    visitor = make_visitor(
        name=mother.name, phone="13900000001", language="zh-hans", user=user, relative=mother
    )
    booking = make_booking(offering, visitor=visitor)
    remove_relative(member=mother)
    return booking


def test_entering_a_relative_anew_gives_no_new_limits():
    user = UserFactory(phone="13900000001")
    for _ in range(2):
        booked_for_mother(user, open_offering())

    with pytest.raises(DailyLimitError):
        booked_for_mother(user, open_offering())


def test_relatives_are_told_apart():
    user, offering = UserFactory(phone="13900000001"), open_offering()
    add_relative(user=user, relative=Relative("李大爷", Relation.PARENT))
    first = booked_for_mother(user, offering)
    add_relative(user=user, relative=Relative("李子轩", Relation.CHILD))

    assert booked_for_mother(user, offering).person_hash != first.person_hash


def test_all_about_the_person_is_one_query(django_assert_num_queries):
    request = ask(open_offering())

    with django_assert_num_queries(1):
        check_person(request, past_of(request, NOW), today(request.start), NOW)
