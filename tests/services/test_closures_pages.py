"""Closing centres in three clicks, and deciding on what is left without a window."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.rules import Role
from services.closures.models import Closure
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.opening import (
    booking_at,
    close_behind_its_back,
    fingerprint_in,
    weekly_offering,
)
from tests.factories.services import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return weekly_offering(now=timezone.now())


def booked(offering, **fields):
    return booking_at(offering, 14, now=timezone.now(), **fields)


def manager_of(client, offering):
    user = staff_at(offering.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, user)
    return user


def test_closes_all_centres_in_three_clicks(client, offering):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    booking = booked(offering)
    fields = {"scope": "all", "day": "1", "reason": "typhoon"}

    preview = client.post(reverse("staff:close"), fields)
    fields |= {
        "step": "apply",
        "expected": fingerprint_in(preview.content.decode()),
        "decision": "keep",
    }
    answer = client.post(reverse("staff:close"), fields)

    closure = Closure.objects.get()
    assert answer.url == reverse("staff:closure", args=[closure.pk])
    assert client.get(answer.url).status_code == 200
    booking.refresh_from_db()
    assert booking.kept_free


def test_a_manager_closes_only_the_own_centre(client, offering):
    manager_of(client, offering)
    other = weekly_offering(centre=CommunityFactory(parent=offering.centre), now=timezone.now())
    fields = {"scope": "some", "centres": [other.centre_id], "day": "1", "reason": "typhoon"}

    assert client.post(reverse("staff:close"), fields).status_code == 422


def test_only_managers_decide_on_orphans(client, offering):
    booking = booked(offering)
    close_behind_its_back(booking)
    fields = {"decision": "keep", "reason_zh": "停电", "reason_en": "power cut"}
    sign_in_staff(client, staff_at(offering.centre_id))

    client.post(reverse("staff:orphans"), fields)
    booking.refresh_from_db()
    assert not booking.kept_free

    manager_of(client, offering)
    client.post(reverse("staff:orphans"), fields)
    booking.refresh_from_db()
    assert booking.kept_free
