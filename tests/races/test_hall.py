"""Many clerks and visitors at once, as processes: no number twice, none skipped, no double call."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lishui_center.common.clock import today
from services.console.actions import call_next
from services.tickets.actions import Walker, take_number
from services.tickets.models import Source, Ticket, TicketEvent, TicketState
from services.tickets.steps import TicketMovedError, step
from services.windows.models import WindowSession
from tests.factories.accounts import staff_at
from tests.factories.hall import clerk_at, make_hall
from tests.factories.house import database_url
from tests.factories.services import open_day
from tests.races import hall_work
from tests.races.server import at_once

PROCESSES = 5
EACH = 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pool() -> Any:
    """A pool that is open at this moment: the processes read the real clock."""
    pool = make_hall().pool
    open_day(pool, today(timezone.now()), first=0, end=96)
    return pool


def test_numbers_follow_on_without_a_gap(pool: Any):
    works = [(database_url(), pool.pk, f"kiosk-{n}", EACH) for n in range(PROCESSES)]

    given = [number for numbers in at_once(hall_work.take, works) for number in numbers]

    assert sorted(given) == list(range(1, PROCESSES * EACH + 1))


def test_nobody_is_called_twice_and_nobody_passed_over(pool: Any):
    waiting = people(pool, PROCESSES * EACH)
    works = [(database_url(), clerk_at(pool).pk) for _ in range(PROCESSES)]

    called = [pk for one in at_once(hall_work.serve_everybody, works) for pk in one]

    assert sorted(called) == sorted(waiting)
    assert TicketEvent.objects.filter(kind="called").count() == len(waiting)
    assert not Ticket.objects.exclude(state=TicketState.DONE).exists()


def test_one_window_serves_one_person(pool: Any):
    people(pool, 4)
    clerk = clerk_at(pool).pk

    answers = at_once(hall_work.call, [(database_url(), clerk)] * PROCESSES)

    assert Counter(type(answer) for answer in answers) == {int: 1, str: PROCESSES - 1}
    assert set(answers) - {"window_busy"} == {Ticket.objects.get(state=TicketState.CALLED).pk}


def test_finishing_twice_at_once_calls_one(pool: Any):
    people(pool, PROCESSES + 1)
    clerk = clerk_at(pool)
    seen = call_next(clerk=clerk, now=timezone.now())

    works = [(database_url(), clerk.pk, seen.pk, seen.version)] * PROCESSES
    answers = at_once(hall_work.finish_and_call, works)

    assert Counter(type(answer) for answer in answers) == {int: 1, str: PROCESSES - 1}
    assert Ticket.objects.filter(state=TicketState.DONE).get() == seen
    assert Ticket.objects.filter(state=TicketState.CALLED).count() == 1


def test_the_comparison_alone_stops_those_who_look_then_call(pool: Any):
    people(pool, PROCESSES)

    outcomes = look_then_call(pool, compared)

    assert outcomes == {"called": 1, "ticket_moved": PROCESSES - 1}


def test_without_the_comparison_one_person_is_called_to_every_window(pool: Any):
    """The negative control, on both databases: read, then write, as most queues do."""
    people(pool, PROCESSES)

    assert look_then_call(pool, uncompared) == {"called": PROCESSES}


def look_then_call(pool: Any, write: Callable[[Ticket, WindowSession], None]) -> Counter[str]:
    """What each clerk gets who all saw the same first of the queue before anybody called."""
    sessions = list(
        WindowSession.objects.filter(clerk__in=[clerk_at(pool) for _ in range(PROCESSES)])
    )
    looked = threading.Barrier(len(sessions))

    def one(session: WindowSession) -> str:
        try:
            first = Ticket.objects.waiting([pool.pk])[0]
            looked.wait(60)
            with transaction.atomic():
                write(first, session)
        except TicketMovedError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "called"

    with ThreadPoolExecutor(len(sessions)) as windows:
        return Counter(windows.map(one, sessions))


def compared(ticket: Ticket, session: WindowSession) -> None:
    step(
        ticket,
        "called",
        now=timezone.now(),
        state=TicketState.CALLED,
        window_id=session.window_id,
    )


def uncompared(ticket: Ticket, session: WindowSession) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(
        state=TicketState.CALLED, window=session.window_id, version=ticket.version + 1
    )


def people(pool: Any, count: int) -> list[int]:
    """So many walk-ins a second apart, by their numbers in the database."""
    clerk, now = staff_at(pool.centre_id), timezone.now() - timedelta(minutes=5)
    walker = Walker(Source.DESK, "zh-hans")
    return [
        take_number(pool=pool, walker=walker, now=now + timedelta(seconds=n), actor=clerk).pk
        for n in range(count)
    ]
