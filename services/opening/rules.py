"""The days of a preview as rows to read: pools with the same day share one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from services.hours.rules import Day

SHOWN_DAYS = 14


class Place(Protocol):
    """A pool, as far as a row names it."""

    @property
    def code(self) -> str: ...
    @property
    def centre(self) -> object: ...
    @property
    def centre_id(self) -> int: ...


@dataclass(frozen=True)
class PoolDay:
    """One pool's day before and after a change; equal when it stays as it is."""

    pool: Place
    date: date
    before: Day | None
    after: Day


@dataclass(frozen=True)
class Stretch:
    """Open from one cell to another; `lanes` is windows for bookings and windows in all."""

    first: int
    end: int
    lanes: tuple[int, int] | None


@dataclass(frozen=True)
class Hours:
    """A day as a row shows it."""

    stretches: tuple[Stretch, ...]
    closed_reason: tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One line of the preview; `pools` is empty when it is about all of the centre's."""

    date: date
    centre: object
    pools: tuple[str, ...]
    before: Hours | None
    after: Hours
    is_changed: bool


def preview_rows(days: Iterable[PoolDay]) -> list[Row]:
    """The days, which come ordered by date and centre, with pools that look alike in one row.

    How many windows are open is shown where it changes, else a day would take a row a pool.
    """
    rows = []
    for (day, _), group in groupby(days, key=lambda item: (item.date, item.pool.centre_id)):
        alike: dict[tuple[Hours | None, Hours, bool], list[PoolDay]] = {}
        for item in group:
            alike.setdefault(_look(item), []).append(item)
        for (before, after, is_changed), items in alike.items():
            codes = tuple(item.pool.code for item in items) if len(alike) > 1 else ()
            rows.append(Row(day, items[0].pool.centre, codes, before, after, is_changed))
    return rows


def _look(item: PoolDay) -> tuple[Hours | None, Hours, bool]:
    before, after = item.before, item.after
    if before is None:
        return None, _hours(after, with_lanes=True), True
    with_lanes = bool(before.spans and after.spans) and _lanes(before) != _lanes(after)
    return (
        _hours(before, with_lanes=with_lanes),
        _hours(after, with_lanes=with_lanes),
        before != after,
    )


def _hours(day: Day, *, with_lanes: bool) -> Hours:
    stretches = tuple(
        Stretch(span.first, span.end, (span.online, span.total) if with_lanes else None)
        for span in day.spans
    )
    return Hours(stretches, (day.closed_reason_zh, day.closed_reason_en))


def _lanes(day: Day) -> set[tuple[int, int]]:
    return {(span.online, span.total) for span in day.spans}
