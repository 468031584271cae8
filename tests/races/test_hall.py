"""Many clerks and visitors at once, as processes: no number twice, none skipped, no double call."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from lishui_center.common.clock import today
from services.console.actions import call_next
from services.tickets.actions import Walker, take_number
from services.tickets.models import Source, Ticket, TicketEvent, TicketState
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


def test_without_the_comparison_people_are_called_twice(pool: Any):
    """The negative control: read, then write, as most queues do."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's own write lock is a second guard")
    people(pool, PROCESSES)
    clerks = [clerk_at(pool).pk for _ in range(PROCESSES)]

    called = at_once(hall_work.call_carelessly, [(database_url(), clerk) for clerk in clerks])

    assert len(set(called)) < PROCESSES


def people(pool: Any, count: int) -> list[int]:
    """So many walk-ins a second apart, by their numbers in the database."""
    clerk, now = staff_at(pool.centre_id), timezone.now() - timedelta(minutes=5)
    walker = Walker(Source.DESK, "zh-hans")
    return [
        take_number(pool=pool, walker=walker, now=now + timedelta(seconds=n), actor=clerk).pk
        for n in range(count)
    ]
