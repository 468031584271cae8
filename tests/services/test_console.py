"""What a clerk does: call, serve, send on, undo."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.notifications.models import Notification
from services.bookings.models import Booking, Status
from services.console.actions import begin, call_next, call_ticket, miss, recall
from services.console.errors import (
    AtAnotherWindowError,
    CalledOftenError,
    NobodyHereError,
    NobodyWaitsError,
    NothingToUndoError,
    NoWindowError,
    PausedError,
    TargetClosedError,
    WindowBusyError,
    WindowTakenError,
)
from services.console.outcomes import bring_back, finish, put_on_hold, transfer, undo
from services.console.sitting import close_window, open_window, pause_window, resume_window
from services.notices.rules import LineOutcome
from services.tickets.errors import ReturnedBeforeError, TicketOverError
from services.tickets.models import Ticket, TicketEvent, TicketItem, TicketState
from services.windows.models import PauseReason, WindowSession
from tests.factories.accounts import staff_at
from tests.factories.hall import arrive, called, clerk_at, make_hall, queue_of, walk_in
from tests.factories.services import NOW, PoolFactory, WindowFactory, open_week

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=5)
LATER = NOW + timedelta(seconds=11)


@pytest.fixture
def pool():
    return make_hall().pool


def test_calls_the_first_of_the_queue(pool):
    first, second = queue_of(pool, 2)
    clerk = clerk_at(pool)

    ticket = call_next(clerk=clerk, now=NOW)

    assert ticket.pk == first.pk
    assert (ticket.state, ticket.calls) == (TicketState.CALLED, 1)
    assert Ticket.objects.waiting([pool.pk]).get() == second


def test_refuses_to_call_without_a_window_while_paused_busy_or_empty(pool):
    stranger = staff_at(pool.centre_id)
    with pytest.raises(NoWindowError):
        call_next(clerk=stranger, now=NOW)
    clerk = clerk_at(pool)
    with pytest.raises(NobodyWaitsError):
        call_next(clerk=clerk, now=NOW)
    queue_of(pool, 2)
    pause_window(clerk=clerk, reason=PauseReason.MEAL, now=NOW)
    with pytest.raises(PausedError):
        call_next(clerk=clerk, now=NOW)
    resume_window(clerk=clerk)
    call_next(clerk=clerk, now=NOW)
    with pytest.raises(WindowBusyError, match="A001"):
        call_next(clerk=clerk, now=NOW)


def test_the_database_allows_one_person_at_a_window(pool):
    _clerk, ticket = called(pool)
    other = walk_in(pool)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=other.pk).update(state=TicketState.CALLED, window=ticket.window_id)


def test_calls_three_times_at_most(pool):
    clerk, _ = called(pool)
    recall(clerk=clerk, now=SOON)
    recall(clerk=clerk, now=SOON)

    with pytest.raises(CalledOftenError):
        recall(clerk=clerk, now=SOON)


def test_who_missed_the_call_comes_back_once_behind_the_next_two(pool):
    clerk, ticket = called(pool)
    queue_of(pool, 3)
    miss(clerk=clerk, now=NOW)

    bring_back(ticket_id=ticket.pk, actor=clerk, now=LATER)

    assert [waiting.text for waiting in Ticket.objects.waiting([pool.pk])] == [
        "A002",
        "A003",
        "A001",
        "A004",
    ]
    call_ticket(clerk=clerk, ticket_id=ticket.pk, now=LATER)
    miss(clerk=clerk, now=LATER)
    with pytest.raises(ReturnedBeforeError):
        bring_back(ticket_id=ticket.pk, actor=clerk, now=LATER)


def test_finishing_keeps_each_outcome_and_closes_the_booking():
    offering = make_hall()
    ticket = arrive(offering, cell=44, at=NOW)
    clerk = clerk_at(offering.pool)
    call_next(clerk=clerk, now=NOW)
    begin(clerk=clerk, now=SOON)

    finish(
        clerk=clerk,
        now=LATER,
        outcomes={offering.item_id: LineOutcome(TicketItem.Outcome.REFERRED)},
    )

    ticket.refresh_from_db()
    assert (ticket.state, ticket.started_at, ticket.ended_at) == (TicketState.DONE, SOON, LATER)
    assert ticket.items.get().outcome == TicketItem.Outcome.REFERRED
    assert Booking.objects.get().status == Status.DONE


def test_undo_takes_back_the_last_step_then_the_one_before(pool):
    queue_of(pool, 2)
    clerk = clerk_at(pool)
    first = call_next(clerk=clerk, now=NOW)
    finish(clerk=clerk, now=NOW)
    second = call_next(clerk=clerk, now=NOW)

    undo(clerk=clerk, now=SOON)
    undo(clerk=clerk, now=SOON)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (TicketState.CALLED, TicketState.WAITING)
    assert first.ended_at is None
    kinds = [event.kind for event in TicketEvent.objects.order_by("pk")]
    assert kinds[-2:] == ["undone", "undone"]


def test_undoing_a_finish_opens_the_booking_again():
    offering = make_hall()
    arrive(offering, cell=44, at=NOW)
    clerk = clerk_at(offering.pool)
    call_next(clerk=clerk, now=NOW)
    finish(clerk=clerk, now=NOW)

    undo(clerk=clerk, now=SOON)

    assert Booking.objects.get().status == Status.CHECKED_IN


def test_nothing_can_be_undone_after_ten_seconds_or_once_others_acted(pool):
    clerk, ticket = called(pool)
    with pytest.raises(NothingToUndoError):
        undo(clerk=clerk, now=LATER)
    miss(clerk=clerk, now=LATER)
    bring_back(ticket_id=ticket.pk, actor=staff_at(pool.centre_id), now=LATER)
    with pytest.raises(NothingToUndoError):
        undo(clerk=clerk, now=LATER)


def test_a_transfer_keeps_the_place_and_needs_an_open_window(pool):
    other = PoolFactory(centre=pool.centre, code="B")
    open_week(other)
    clerk, ticket = called(pool)
    place = ticket.sort_at

    with pytest.raises(TargetClosedError):
        transfer(clerk=clerk, now=SOON, window=WindowFactory(pool=other))
    moved = transfer(clerk=clerk, now=SOON, pool=other)

    assert (moved.pool_id, moved.sort_at, moved.state) == (other.pk, place, TicketState.WAITING)
    assert call_next(clerk=clerk_at(other), now=SOON).pk == ticket.pk


def test_holds_and_calls_back(pool):
    clerk, ticket = called(pool)
    put_on_hold(clerk=clerk, now=SOON)
    walk_in(pool)
    assert call_next(clerk=clerk, now=SOON).pk != ticket.pk
    finish(clerk=clerk, now=SOON)

    assert call_ticket(clerk=clerk, ticket_id=ticket.pk, now=LATER).pk == ticket.pk


def test_nobody_is_called_from_another_hall(pool):
    ticket = walk_in(pool)
    elsewhere = clerk_at(
        PoolFactory(centre__code="other", centre__tier="community", centre__parent=pool.centre)
    )

    with pytest.raises(TicketOverError):
        call_ticket(clerk=elsewhere, ticket_id=ticket.pk, now=NOW)


def test_a_step_needs_somebody_at_the_window(pool):
    clerk = clerk_at(pool)

    for act in (recall, begin, miss, finish, put_on_hold):
        with pytest.raises(NobodyHereError):
            act(clerk=clerk, now=NOW)


def test_one_clerk_one_window(pool):
    window = WindowFactory(pool=pool)
    clerk = clerk_at(pool, window=window)

    assert open_window(window=window, clerk=clerk, now=NOW).window == window
    with pytest.raises(AtAnotherWindowError):
        open_window(window=WindowFactory(pool=pool), clerk=clerk, now=NOW)
    with pytest.raises(WindowTakenError):
        open_window(window=window, clerk=staff_at(pool.centre_id), now=NOW)


def test_closes_only_an_empty_window(pool):
    clerk, _ = called(pool)
    with pytest.raises(WindowBusyError):
        close_window(clerk=clerk, now=NOW)
    finish(clerk=clerk, now=NOW)

    close_window(clerk=clerk, now=LATER)

    assert not WindowSession.objects.running().exists()


def test_tells_once_who_is_nearly_called():
    offering = make_hall(pool__lanes_online=3)
    for number in range(3):
        arrive(offering, cell=44, at=NOW, phone=f"1390000000{number + 1}")
    clerk = clerk_at(offering.pool)

    call_next(clerk=clerk, now=NOW)
    finish(clerk=clerk, now=NOW)
    call_next(clerk=clerk, now=NOW)

    assert Notification.objects.filter(kind="ticket_soon").count() == 1
