"""Which days the results count, and which numbers of a place are too small to show. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q

from lishui_center.common.clock import ZONE

VERSION = 1
"""Which way of counting; goes up when a figure is counted another way."""

FEW = 5
"""A place's number of fewer people than this is not shown."""

LATELY = timedelta(days=30)


class Span(StrEnum):
    """What the figures are shown for."""

    YEAR = "year"
    MONTH = "days30"


@dataclass(frozen=True)
class Period:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date

    def holds_day(self, field: str) -> Q:
        """Rows whose local date is one of these days."""
        return Q(**{f"{field}__range": (self.first, self.last)})

    def holds_moment(self, field: str) -> Q:
        """Rows whose moment falls on one of these days, local time."""
        begin = datetime.combine(self.first, time(), ZONE)
        end = datetime.combine(self.last + timedelta(days=1), time(), ZONE)
        return Q(**{f"{field}__gte": begin, f"{field}__lt": end})


def periods(day: date) -> dict[Span, Period]:
    """The calendar year of `day`, and the 30 days that end with it."""
    return {
        Span.YEAR: Period(day.replace(month=1, day=1), day),
        Span.MONTH: Period(day - LATELY + timedelta(days=1), day),
    }


def shown(numbers: Mapping[int, int], people: Mapping[int, int]) -> dict[int, int | None]:
    """{place: number}; None where fewer than five `people` stand behind it, but not none at all.

    One hidden number alone could be told from the whole, so the smallest other one goes with it.
    """
    hidden = {place for place in numbers if 0 < people.get(place, 0) < FEW}
    others = [place for place in numbers if place not in hidden and numbers[place]]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: (numbers[place], place)))
    return {place: None if place in hidden else number for place, number in numbers.items()}
