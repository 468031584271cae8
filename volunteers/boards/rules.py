"""Which days a board of teams counts. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Span(StrEnum):
    """What can be looked at."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date


def period_of(span: Span, day: date) -> Period:
    """The calendar month or year of `day`, up to that day."""
    first = day.replace(day=1) if span == Span.MONTH else day.replace(month=1, day=1)
    return Period(first, day)


def counted_from(day: date) -> date:
    """The first day that the nightly count brings up to date: since the start of last year."""
    return date(day.year - 1, 1, 1)
