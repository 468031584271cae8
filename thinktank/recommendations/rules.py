"""The clock of an answer, as plain values; no database, no clock on the wall.

Source: design.md, "Think tank": 90 days, a reminder at 80 % and one when overdue.
"""

from datetime import date, timedelta

WARN_AT_PERCENT = 80


def warn_on(issued_on: date, due_on: date) -> date:
    """The first day on which four fifths of the time are over."""
    days = (due_on - issued_on).days
    return issued_on + timedelta(days=-(-days * WARN_AT_PERCENT // 100))


def due_after(issued_on: date, days: int) -> date:
    """The last day for an answer."""
    return issued_on + timedelta(days=days)


def is_overdue(due_on: date, day: date) -> bool:
    """Whether the last day is over."""
    return due_on < day


def days_left(due_on: date, day: date) -> int:
    """Days until the last one; 0 on it, negative once it is over."""
    return (due_on - day).days
