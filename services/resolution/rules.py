"""The three rates of needs, as formula 1 has them. Pure.

- Response: of the first answers decided in the period, those given in time.
- Resolution: of the deadlines to solve decided in the period, those met in time.
- Satisfaction: of the people asked whether it is solved, those who said that it is and are at
  least basically satisfied. Whoever never answered is in the whole, never in the part.

A deadline is decided when it is met, or when it passes; never twice. One that was stopped before,
because the need went elsewhere, is not counted.
Source: domain.md, "Volunteer hours" (three rates for needs).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FORMULA = 1
SATISFIED_FROM = 3


class Rate(StrEnum):
    RESPONSE = "response"
    RESOLUTION = "resolution"
    SATISFACTION = "satisfaction"


PARTS = {
    Rate.RESPONSE: ("first_in_time", ("first_due",)),
    Rate.RESOLUTION: ("resolved_in_time", ("resolution_due",)),
    Rate.SATISFACTION: ("satisfied", ("answered", "unanswered")),
}


@dataclass(frozen=True)
class Figure:
    """One rate: the part and the whole; no percentage of nothing."""

    rate: Rate
    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 % means all."""
        return self.part * 100 // self.whole if self.whole else None


def whole_months(first: date, last: date) -> tuple[date, date] | None:
    """(first day, last day) of the whole months from `first` to `last`; None without one."""
    begin = first if first.day == 1 else month_after(first)
    after = last + timedelta(days=1)
    end = after.replace(day=1) - timedelta(days=1)
    return (begin, end) if begin < end else None


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def added(rows: Iterable[Mapping[str, int]]) -> Counter[str]:
    """{column: sum} of all the rows; nothing is 0."""
    sums: Counter[str] = Counter()
    for row in rows:
        for columns in PARTS.values():
            for name in (columns[0], *columns[1]):
                sums[name] += row[name]
    return sums


def figures(sums: Mapping[str, int]) -> list[Figure]:
    """The three rates of summed daily figures."""
    return [
        Figure(rate, sums[part], sum(sums[name] for name in whole))
        for rate, (part, whole) in PARTS.items()
    ]
