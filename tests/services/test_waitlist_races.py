"""Many processes serve one waiting list: nobody gets two places, no place goes to two."""

from datetime import timedelta

import pytest

from lishui_center.notifications.models import Notification
from services.bookings.models import Booking
from services.slots.models import Claim
from services.waitlist.actions import accept_offer, leave_waitlist
from services.waitlist.models import WaitlistEntry, WaitState
from services.waitlist.offers import close_unanswered, offer_everywhere
from tests.factories.at_once import at_once
from tests.factories.services import NOW
from tests.factories.waiting import free_a_place, full_offering, offered, waiting

pytestmark = pytest.mark.django_db(transaction=True)
EXPIRY = NOW + timedelta(hours=2)


def test_workers_at_once_make_as_many_offers_as_there_are_places():
    offering = full_offering(lanes=2)
    for number in range(4):
        waiting(offering, phone=f"1390000010{number}", now=NOW + timedelta(seconds=number))
    free_a_place(offering)
    free_a_place(offering)

    made = at_once(*[lambda: offer_everywhere(now=NOW)] * 6)

    states = list(WaitlistEntry.objects.order_by("pk").values_list("state", flat=True))
    assert sum(made) == 2
    assert states == [WaitState.OFFERED] * 2 + [WaitState.WAITING] * 2
    assert Claim.objects.values("hold").distinct().count() == 2
    assert Notification.objects.filter(kind="waitlist_offer").count() == 2


def test_a_double_tap_books_once():
    entry = offered(full_offering())

    answers = at_once(*[lambda: accept_offer(entry_id=entry.pk, now=NOW).pk] * 6)

    assert len(set(answers)) == 1
    assert Booking.objects.filter(person_hash=entry.person_hash).count() == 1


@pytest.mark.parametrize("before", [timedelta(microseconds=1), timedelta()])
def test_an_answer_at_the_moment_of_expiry_wins_or_loses_whole(before):
    entry = offered(full_offering())

    answer, closed = at_once(
        lambda: accept_offer(entry_id=entry.pk, now=EXPIRY - before).pk,
        lambda: close_unanswered(now=EXPIRY),
    )

    entry.refresh_from_db()
    places = list(Claim.objects.values_list("booking", flat=True))
    if closed:
        assert (entry.state, answer, places) == (WaitState.EXPIRED, "offer_over", [])
    else:
        assert (entry.state, places) == (WaitState.TAKEN, [answer])


def test_taking_and_leaving_at_once_is_one_of_both():
    entry = offered(full_offering())

    taken, left = at_once(
        lambda: accept_offer(entry_id=entry.pk, now=NOW).pk,
        lambda: leave_waitlist(entry_id=entry.pk).state,
    )

    places = list(Claim.objects.values_list("booking", flat=True))
    assert (taken, left, places) in [
        ("offer_over", WaitState.WITHDRAWN, []),
        (taken, "not_waiting", [taken]),
    ]


def test_joining_twice_at_once_waits_once():
    offering = full_offering()

    answers = at_once(*[lambda: waiting(offering).state] * 4)

    assert sorted(answers) == ["already_waiting"] * 3 + [WaitState.WAITING]
