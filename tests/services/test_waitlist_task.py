"""The beat's round over the waiting lists finds what no process offered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lishui_center.common.clock import moment, today
from services.slots.models import Claim
from services.tasks import serve_waitlist
from services.waitlist.models import WaitlistEntry, WaitState
from tests.factories.services import make_booking, open_day, open_offering
from tests.factories.waiting import free_a_place, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    """Open the day after tomorrow for one quarter, which is booked; two people wait."""
    now = timezone.now()
    found = open_offering(now, pool__lanes_online=1)
    start = moment(today(now) + timedelta(days=2), 56)
    open_day(found.pool, today(start), first=56, end=57)
    make_booking(found, start=start, now=now)
    for number in range(2):
        waiting(found, first=start, now=now, phone=f"139000004{number:02d}")
    free_a_place(found)
    return found


def states():
    return list(WaitlistEntry.objects.order_by("pk").values_list("state", flat=True))


def test_offers_what_is_free(offering):
    assert serve_waitlist() == 1
    assert serve_waitlist() == 0
    assert states() == [WaitState.OFFERED, WaitState.WAITING]


def test_passes_an_unanswered_offer_on(offering):
    serve_waitlist()
    over = timezone.now() - timedelta(seconds=1)
    WaitlistEntry.objects.filter(state=WaitState.OFFERED).update(offer_expires_at=over)
    Claim.objects.update(expires_at=over)

    serve_waitlist()

    assert states() == [WaitState.EXPIRED, WaitState.OFFERED]
    assert Claim.objects.get().expires_at > timezone.now()


def test_asks_little_when_nothing_is_free(offering, django_assert_num_queries):
    serve_waitlist()

    with django_assert_num_queries(7):
        serve_waitlist()
