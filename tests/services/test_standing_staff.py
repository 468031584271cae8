"""Suspensions and appeals: staff see them, managers decide, nobody on an own record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from services.standing.models import AppealState, Suspension
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.opening import booking_at, weekly_offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspension():
    now = timezone.now()
    booking = booking_at(weekly_offering(now=now), 14, now=now)
    return Suspension.objects.create(
        phone_hash=booking.phone_hash,
        centre=booking.centre,
        cause=booking,
        starts_at=now,
        ends_at=now + timedelta(days=30),
        appeal_until=now + timedelta(days=7),
        appeal=AppealState.OPEN,
        appeal_text="当天加班走不开",
        appealed_at=now,
    )


def decide(client, suspension, user, act="uphold", note="excused"):
    sign_in_staff(client, user)
    url = reverse("staff:suspension", args=[suspension.pk])
    return client.post(url, {"note": note, "act": act})


def manager_of(suspension, **user):
    return staff_at(suspension.centre_id, role=Role.CENTRE_MANAGER, **user)


@pytest.mark.parametrize(
    ("act", "state", "is_lifted"),
    [("uphold", AppealState.UPHELD, True), ("refuse", AppealState.REFUSED, False)],
)
def test_a_manager_decides(client, suspension, act, state, is_lifted):
    decide(client, suspension, manager_of(suspension), act)

    suspension.refresh_from_db()
    assert suspension.appeal == state
    assert bool(suspension.lifted_at) is is_lifted
    assert Event.objects.get(action="suspension.decided").reason == "excused"


def test_a_decision_takes_a_reason(client, suspension):
    assert decide(client, suspension, manager_of(suspension), note="").status_code == 422


def test_a_pause_without_appeal_can_be_ended(client, suspension):
    Suspension.objects.update(appeal=AppealState.NONE)

    decide(client, suspension, manager_of(suspension), act="")

    suspension.refresh_from_db()
    assert suspension.lifted_at


def test_nobody_decides_on_an_own_record(client, suspension):
    manager = manager_of(suspension, phone="13900000001")

    assert decide(client, suspension, manager).status_code == 422

    suspension.refresh_from_db()
    assert suspension.appeal == AppealState.OPEN


@pytest.mark.parametrize("elsewhere", [False, True])
def test_clerks_and_other_centres_do_not_decide(client, suspension, elsewhere):
    centre = suspension.centre_id + elsewhere
    role = Role.CENTRE_MANAGER if elsewhere else Role.CENTRE_STAFF

    assert decide(client, suspension, staff_at(centre, role=role)).status_code == 404


def test_a_clerk_sees_the_list_and_whose_turn_it_is(client, suspension):
    sign_in_staff(client, staff_at(suspension.centre_id))

    page = client.get(reverse("staff:suspensions")).content.decode()

    assert suspension.cause.reference in page
    assert reverse("staff:suspension", args=[suspension.pk]) not in page
