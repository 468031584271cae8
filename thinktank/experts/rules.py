"""Terms of engagement as plain values; no database, no clock.

Source: design.md, "Think tank"; the reminder, issue 5.
"""

from collections.abc import Iterator
from datetime import date, timedelta

REMIND_BEFORE = timedelta(days=60)
"""When the town and the expert are told that a term ends."""

LONGEST_TERM = timedelta(days=5 * 366)
"""A letter engages for at most five years."""

DAY = timedelta(days=1)


def days_of(first: date, last: date) -> Iterator[date]:
    """Every day of a term, both ends included."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def is_too_long(first: date, last: date) -> bool:
    """Whether no single letter may run so long."""
    return last - first > LONGEST_TERM


def holds(first: date, last: date, day: date) -> bool:
    """Whether the day lies in the term."""
    return first <= day <= last
