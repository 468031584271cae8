"""When a resource can be used, as arithmetic on the cells of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.common.clock import CELLS_PER_DAY, moment, today

Run = tuple[int, int]
"""From the first cell until the cell after the last."""


@dataclass(frozen=True)
class OpenDay:
    """One day of a resource: the runs in which it can be used, and those it is shut for repair.

    `closed_reason` is told where the whole day is shut.
    """

    date: date
    runs: tuple[Run, ...]
    shut: tuple[Run, ...] = ()
    closed_reason: str = ""

    @property
    def cells(self) -> list[int]:
        """Every open cell, in order."""
        return [cell for first, end in self.runs for cell in range(first, end)]


def cut(runs: Iterable[Run], gaps: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without the cells of the gaps."""
    left = list(runs)
    for from_cell, to_cell in gaps:
        parts = [
            part
            for first, end in left
            for part in ((first, min(end, from_cell)), (max(first, to_cell), end))
        ]
        left = [(first, end) for first, end in parts if first < end]
    return tuple(left)


def run_on(day: date, starts_at: datetime, ends_at: datetime) -> Run | None:
    """The cells of the day that a stretch of time touches, be it in part; None for none."""
    begins, ends = moment(day, 0), moment(day, CELLS_PER_DAY)
    if starts_at >= ends or ends_at <= begins:
        return None
    first = 0 if starts_at <= begins else _quarters(starts_at - begins)
    last = CELLS_PER_DAY if ends_at >= ends else -_quarters(begins - ends_at)
    return first, last


def days_between(starts_at: datetime, ends_at: datetime) -> list[date]:
    """The local days that a stretch of time touches."""
    first, last = today(starts_at), today(ends_at - timedelta(microseconds=1))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _quarters(length: timedelta) -> int:
    """Whole quarters of an hour, rounded down; a negative one hence away from nought."""
    return length // timedelta(minutes=15)
