"""What live pages ask every few seconds costs the same after years: rows read, not milliseconds."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection

from services.boards.access import board_of
from services.console.actions import call_next
from services.console.hall import hall_of
from services.console.outcomes import finish
from services.console.screen import console_of
from services.halls.access import hall_state
from services.kiosk.place import place_of
from services.tickets.access import get_ticket_by_link
from services.tickets.actions import Walker, take_number
from services.tickets.models import Source
from services.windows.access import session_of
from tests.factories.hall import clerk_at, make_hall, queue_of
from tests.factories.past import past_tickets
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
FEW, MORE = 1_000, 3_000
# A state that no process has looked at yet, so that the queue is read and not remembered.
STATES = count()


class Hall:
    """A clerk at a window, and four people who wait."""

    def __init__(self) -> None:
        self.pool = make_hall().pool
        self.clerk = clerk_at(self.pool)
        self.window = session_of(self.clerk).window
        self.last = queue_of(self.pool, 4)[-1]


def serve(hall: Hall) -> None:
    """One visit from the call to its end."""
    call_next(clerk=hall.clerk, now=NOW)
    finish(clerk=hall.clerk, now=NOW)


def take(hall: Hall) -> None:
    take_number(pool=hall.pool, walker=Walker(Source.KIOSK, "zh-hans", key="key"), now=NOW)


QUESTIONS: dict[str, Callable[[Hall], object]] = {
    "state": lambda hall: hall_state(hall.pool.centre_id, NOW),
    "board": lambda hall: board_of(hall.pool.centre, [], now=NOW),
    "place": lambda hall: place_of(
        get_ticket_by_link(hall.last.secret), state=str(next(STATES)), now=NOW
    ),
    "console": lambda hall: console_of(session_of(hall.clerk), now=NOW),
    "desk": lambda hall: hall_of(hall.pool.centre, now=NOW),
    "serving": serve,
    "taking": take,
}


def plans_of(question: Callable[[], object]) -> list[dict[str, Any]]:
    """The plan of every SELECT on tickets that the question makes, with what it really read."""
    plans = []

    def planned(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        if sql.startswith("SELECT") and "services_ticket" in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                found = cursor.fetchone()[0]
                plans.append(json.loads(found) if isinstance(found, str) else found)
        return execute(sql, params, *rest)

    with connection.execute_wrapper(planned):
        question()
    return [plan[0]["Plan"] for plan in plans]


def rows_read(node: dict[str, Any]) -> int:
    """Ticket rows and index entries that the plan went through, thrown away or not."""
    read = sum(rows_read(below) for below in node.get("Plans", []))
    is_tickets = node.get("Relation Name", node.get("Index Name", "")).startswith(
        ("services_ticket", "ticket_")
    )
    if not is_tickets:
        return read
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(read + (node["Actual Rows"] + thrown) * node["Actual Loops"])


def postgres_rows(question: Callable[[], object]) -> int:
    """Rows that all its plans read, with tables too small for an index treated as large ones."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE services_ticket, services_ticketevent")
        cursor.execute("SET LOCAL enable_seqscan = off")
    return sum(rows_read(plan) for plan in plans_of(question))


def sqlite_steps(question: Callable[[], object]) -> int:
    """Steps that SQLite's machine took, by the hundred: it tells no numbers of rows."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        question()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


@pytest.mark.parametrize("name", QUESTIONS)
def test_reads_no_more_after_years(name):
    hall = Hall()
    cost_of = postgres_rows if connection.vendor == "postgresql" else sqlite_steps
    past_tickets(hall.window, hall.clerk, FEW)
    few = cost_of(lambda: QUESTIONS[name](hall))

    past_tickets(hall.window, hall.clerk, MORE)

    # Looking at each old ticket would cost far more than one in a hundred of them.
    assert cost_of(lambda: QUESTIONS[name](hall)) < few + MORE / 100
