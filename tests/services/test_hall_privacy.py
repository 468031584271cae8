"""What people said of visits and were told to bring: handed out, erased, forgotten in time."""

from datetime import timedelta

import pytest

from lishui_center.accounts import privacy
from services.console.actions import call_next
from services.console.items import add_item
from services.console.outcomes import finish
from services.notices.models import MissingDocument
from services.notices.rules import LineOutcome
from services.ratings.actions import Opinion, close_follow_up, note_follow_up, rate_visit
from services.ratings.models import CallBack, FollowUpNote, FollowUpState, Rating, Score
from services.roster.models import Shift
from services.tasks import forget_old_visits
from services.tickets.models import Source, Ticket, TicketItem
from services.tickets.privacy import KEPT_FOR
from tests.factories.accounts import UserFactory
from tests.factories.hall import clerk_at, make_hall, walk_in
from tests.factories.roster import open_windows, planned
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
PHONE = "13900000041"
LONG_AFTER = NOW + KEPT_FOR + timedelta(days=1)


@pytest.fixture
def person():
    return UserFactory(phone=PHONE, phone_verified_at=NOW)


def visit(offering=None, *, phone=PHONE, score=Score.DISSATISFIED):
    """A visit that lacked a document and was rated with words."""
    offering = offering or make_hall()
    walk_in(offering.pool, source=Source.DESK, phone=phone)
    clerk = clerk_at(offering.pool)
    call_next(clerk=clerk, now=NOW)
    add_item(clerk=clerk, item_id=offering.item_id)
    lacks = LineOutcome(TicketItem.Outcome.MISSING, other="离婚证")
    ticket = finish(clerk=clerk, now=NOW, outcomes={offering.item_id: lacks})
    return rate_visit(ticket_id=ticket.pk, opinion=Opinion(score, text="等太久"), now=NOW)


def test_hands_out_ratings_and_lists_of_the_persons_own_visits(person):
    offering = make_hall()
    visit(offering)
    visit(offering, phone="13900000042")

    copy = privacy.export_all(person, now=NOW)

    assert [(rating["score"], rating["text"]) for rating in copy["ratings"]] == [(2, "等太久")]
    assert [line["missing"] for line in copy["missing"]] == ["离婚证"]


def test_erasing_takes_words_and_lists_and_keeps_what_is_counted(person):
    visit(score=Score.SATISFIED)

    privacy.erase_all(person, now=NOW)

    assert (Rating.objects.get().score, Rating.objects.get().text) == (4, "")
    assert not MissingDocument.objects.exists()
    assert Ticket.objects.get().phone_hash == ""


def test_erasing_keeps_the_words_that_an_open_case_is_about(person, forget_after):
    rating, manager = visit(), UserFactory()
    privacy.erase_all(person, now=NOW)
    rating.refresh_from_db()
    assert rating.text == "等太久"
    case = rating.follow_up.pk
    note_follow_up(
        follow_up_id=case, state=FollowUpState.VERIFIED, text="属实", actor=manager, now=NOW
    )
    close_follow_up(
        follow_up_id=case, call_back=CallBack.NOT_REACHED, text="空号", actor=manager, now=NOW
    )

    forget_after(LONG_AFTER)

    rating.refresh_from_db()
    assert (rating.text, set(FollowUpNote.objects.values_list("text", flat=True))) == ("", {""})


@pytest.fixture
def forget_after(stop_the_clock):
    """The daily task, run at a later moment: how much it forgot."""

    def forget(moment):
        stop_the_clock(moment)
        return forget_old_visits()

    return forget


def test_forgets_words_and_lists_after_twelve_months_once(forget_after):
    visit()

    assert forget_after(LONG_AFTER) == 3
    assert forget_after(LONG_AFTER) == 0

    assert not MissingDocument.objects.exists()
    assert Rating.objects.get().text == ""


def test_keeps_shifts_two_years(forget_after):
    planned(open_windows()[0])

    forget_after(NOW + timedelta(days=720))
    assert Shift.objects.exists()
    forget_after(NOW + timedelta(days=740))

    assert not Shift.objects.exists()
