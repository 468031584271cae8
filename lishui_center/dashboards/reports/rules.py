"""The figures of many days added up; no database, no clock.

What is added up are counts and histograms, {minutes: people}: a percentile of all days follows
from them exactly, and not from the percentiles of each day.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

ENOUGH = 5
"""With fewer people than this, "nine in ten" says nothing."""

SATURDAY = 6
HALF, NINE_IN_TEN = 0.5, 0.9


@dataclass(frozen=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """None of nothing."""
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass
class Hour:
    """One hour of the day, over all days: see services.closing.figures."""

    taken: int = 0
    waits: Counter[int] = field(default_factory=Counter)
    services: Counter[int] = field(default_factory=Counter)
    used: int = 0
    planned: int = 0

    def add(self, figures: Mapping[str, Any]) -> None:
        """The same hour of one more day."""
        self.taken += figures.get("taken", 0)
        self.waits.update(by_number(figures.get("waits", {})))
        self.services.update(by_number(figures.get("services", {})))
        self.used += figures.get("used", 0)
        self.planned += figures.get("planned", 0)


@dataclass
class Forecast:
    """People who were told a wait, how many were called in time, and by how much it was wrong."""

    people: int = 0
    within: int = 0
    errors: Counter[int] = field(default_factory=Counter)

    def add(self, figures: Mapping[str, Any]) -> None:
        """Those of one more day."""
        self.people += figures.get("people", 0)
        self.within += figures.get("within", 0)
        self.errors.update(by_number(figures.get("errors", {})))


@dataclass
class Sums:
    """Days added up.

    By the weekday's ISO number: `weekdays` holds the numbers taken, `dates` the calendar days.
    """

    hours: dict[int, Hour] = field(default_factory=lambda: defaultdict(Hour))
    weekdays: Counter[int] = field(default_factory=Counter)
    dates: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    bookings: Counter[str] = field(default_factory=Counter)
    ratings: Counter[int] = field(default_factory=Counter)
    forecast: Forecast = field(default_factory=Forecast)
    evening: int = 0

    def add(self, day: date, figures: Mapping[str, Any]) -> None:
        """One more day of one or several centres; a figure it lacks counts nothing."""
        weekday = day.isoweekday()
        self.dates[weekday].add(day)
        self.weekdays[weekday] += sum(figures.get("tickets", {}).values())
        self.bookings.update(figures.get("bookings", {}))
        self.ratings.update(by_number(figures.get("ratings", {})))
        self.evening += figures.get("evening", 0)
        self.forecast.add(figures.get("forecast", {}))
        for hour, its_figures in figures.get("hours", {}).items():
            self.hours[int(hour)].add(its_figures)

    @property
    def taken(self) -> int:
        """All numbers."""
        return self.weekdays.total()

    @property
    def weekend(self) -> int:
        """Numbers taken on Saturdays and Sundays."""
        return sum(count for weekday, count in self.weekdays.items() if weekday >= SATURDAY)

    def waits(self) -> Counter[int]:
        """Of all hours: {minutes: people}."""
        return sum((hour.waits for hour in self.hours.values()), Counter())

    def services(self) -> Counter[int]:
        """Of all hours: {minutes: people}."""
        return sum((hour.services for hour in self.hours.values()), Counter())


def percentile(histogram: Mapping[int, int], share: float) -> int | None:
    """The minutes that so large a share of the people do not exceed (nearest rank)."""
    rank = max(1, ceil(share * sum(histogram.values())))
    for minutes in sorted(histogram):
        rank -= histogram[minutes]
        if rank <= 0:
            return minutes
    return None


def by_number(stored: Mapping[str, int]) -> dict[int, int]:
    """{number: count} from how JSON keeps it, with its numbers in words."""
    return {int(key): count for key, count in stored.items()}
