"""What a day's opening follows from: rules, exceptions and the calendar (domain.md, "Calendar").

A span is a half-open run of cells with its lanes. One level wins whole, the most specific:
an exception of the pool, one of the centre, a holiday, rules of the pool, rules of the centre.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Protocol

from lishui_center.common.clock import CELLS_PER_DAY, cell_of

MONDAY = 1


@dataclass(frozen=True)
class Span:
    """Open from the cell `first` until the cell `end` (not included)."""

    first: int
    end: int
    online: int
    total: int

    def as_list(self) -> list[int]:
        return [self.first, self.end, self.online, self.total]


@dataclass(frozen=True)
class Day:
    """One pool's day: its spans, or why there are none."""

    spans: tuple[Span, ...]
    closed_reason_zh: str = ""
    closed_reason_en: str = ""


class Rule(Protocol):
    pool_id: int | None
    weekdays: str
    opens: time
    closes: time
    valid_from: date
    valid_to: date | None
    on_holidays: bool
    lanes_online: int | None
    lanes_total: int | None


class HoursOverride(Protocol):
    pool_id: int | None
    opens: time | None
    closes: time | None
    reason_zh: str
    reason_en: str


class Special(Protocol):
    kind: str
    name_zh: str
    name_en: str


class Lanes(Protocol):
    pk: int
    lanes_online: int
    lanes_total: int


def plan_day(
    pool: Lanes,
    day: date,
    *,
    rules: Sequence[Rule],
    exceptions: Sequence[HoursOverride],
    special: Special | None,
) -> Day:
    """The pool's day, from what its centre has written down.

    `rules` and `exceptions` are those of the centre and this pool; `exceptions` of this date.
    """
    exception = _most_specific(exceptions, pool)
    if exception is None:
        return _usual(pool, day, rules, special)
    if exception.opens is None and exception.closes is None:
        return Day((), exception.reason_zh, exception.reason_en)
    if exception.opens is None or exception.closes is None:
        return _trimmed(_usual(pool, day, rules, special), exception)
    first, end = cell_of(exception.opens), cell_of(exception.closes)
    return Day((Span(first, end, pool.lanes_online, pool.lanes_total),))


def limited(day: Day, most: Mapping[int, tuple[int, int]]) -> Day:
    """The day with no more lanes than `most`: {cell: (for bookings, in all)}; others have none."""
    runs: list[Span] = []
    for span in day.spans:
        for cell in range(span.first, span.end):
            online, total = most.get(cell, (0, 0))
            lanes = (min(span.online, online), min(span.total, total))
            last = runs[-1] if runs else None
            if last and (last.end, last.online, last.total) == (cell, *lanes):
                runs[-1] = replace(last, end=cell + 1)
            elif lanes[1]:
                runs.append(Span(cell, cell + 1, *lanes))
    return replace(day, spans=tuple(runs))


def lanes_at(spans: Iterable[Sequence[int]], cell: int) -> int:
    """How many lanes can be booked in the cell; 0 when closed."""
    return next((online for first, end, online, _ in spans if first <= cell < end), 0)


def lane_table(spans: Iterable[Sequence[int]]) -> dict[int, int]:
    """Bookable lanes per open cell: {cell: lanes}."""
    return {cell: online for first, end, online, _ in spans for cell in range(first, end)}


def closed_from(
    opens: time | None, closes: time | None, at: time | None
) -> tuple[time | None, time | None]:
    """The times of an exception once it also closes `at`; None is all day.

    What was closed stays closed, what closes earlier still does.
    """
    is_closed = opens is None and closes is None
    if at is None or is_closed or (opens is not None and opens >= at):
        return None, None
    return opens, min(closes or at, at)


def span_union(spans: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """The stretches in which at least one of the spans is open, in order."""
    union: list[tuple[int, int]] = []
    for first, end, *_ in sorted(spans, key=lambda span: (span[0], span[1])):
        if union and first <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((first, end))
    return tuple(union)


def _usual(pool: Lanes, day: date, rules: Sequence[Rule], special: Special | None) -> Day:
    valid = [rule for rule in rules if _applies(rule, day, special)]
    own = [rule for rule in valid if rule.pool_id == pool.pk]
    chosen = own or [rule for rule in valid if rule.pool_id is None]
    if not chosen and special is not None and special.kind == "holiday":
        return Day((), special.name_zh, special.name_en)
    return Day(_merge(_span(pool, rule) for rule in chosen))


def _most_specific(exceptions: Sequence[HoursOverride], pool: Lanes) -> HoursOverride | None:
    by_pool = {exception.pool_id: exception for exception in exceptions}
    return by_pool.get(pool.pk) or by_pool.get(None)


def _trimmed(usual: Day, exception: HoursOverride) -> Day:
    """The usual day, opening late or closing early; its breaks and lanes stay."""
    first = cell_of(exception.opens) if exception.opens else 0
    end = cell_of(exception.closes) if exception.closes else CELLS_PER_DAY
    spans = (
        replace(span, first=max(span.first, first), end=min(span.end, end)) for span in usual.spans
    )
    left = tuple(span for span in spans if span.first < span.end)
    if left or not usual.spans:
        return replace(usual, spans=left)
    return Day((), exception.reason_zh, exception.reason_en)


def _applies(rule: Rule, day: date, special: Special | None) -> bool:
    if day < rule.valid_from or (rule.valid_to is not None and day > rule.valid_to):
        return False
    if special is not None and special.kind == "holiday" and not rule.on_holidays:
        return False
    makeup = special is not None and special.kind == "makeup_workday"
    # A make-up workday is worked like a Monday, whatever day it falls on.
    return str(MONDAY if makeup else day.isoweekday()) in rule.weekdays


def _span(pool: Lanes, rule: Rule) -> Span:
    total = pool.lanes_total if rule.lanes_total is None else rule.lanes_total
    online = pool.lanes_online if rule.lanes_online is None else rule.lanes_online
    return Span(cell_of(rule.opens), cell_of(rule.closes), min(online, total), total)


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order and without overlap: where two rules overlap, the earlier start goes first."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.first, span.end)):
        first = max(span.first, merged[-1].end if merged else 0)
        if first < span.end:
            merged.append(Span(first, span.end, span.online, span.total))
    return tuple(merged)
