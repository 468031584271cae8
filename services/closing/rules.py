"""The figures of a day as plain values; no database, no clock."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil

from lishui_center.common.clock import CELL_MINUTES, ZONE

CLOSED_AFTER = timedelta(minutes=30)
"""How long after closing time the last visits may still take."""

EVENING_HOUR = 18
CELLS_PER_HOUR = 60 // CELL_MINUTES


def percentile(minutes: Sequence[float], share: float) -> int | None:
    """The value that so large a share does not exceed (nearest rank); None without any."""
    if not minutes:
        return None
    return round(sorted(minutes)[max(0, ceil(share * len(minutes)) - 1)])


def spread(minutes: Sequence[float]) -> dict[str, int | None]:
    """What half of all, and what nine in ten, do not exceed."""
    return {"p50": percentile(minutes, 0.5), "p90": percentile(minutes, 0.9)}


def histogram(minutes: Iterable[float]) -> dict[str, int]:
    """How often each whole number of minutes came: {minutes: times}, as JSON keeps it.

    Unlike a percentile it can be added up over days and centres.
    """
    return dict(Counter(str(round(each)) for each in minutes))


def hour_of(moment: datetime) -> int:
    """The hour by the centre's clock."""
    return moment.astimezone(ZONE).hour


def hours_touched(start: datetime, end: datetime | None) -> range:
    """The hours of a visit; while it lasts, the one in which it began."""
    first, last = start.astimezone(ZONE), (end or start).astimezone(ZONE)
    return range(first.hour, 24 if last.date() > first.date() else last.hour + 1)


def windows_by_hour(pools: Iterable[Sequence[Sequence[int]]]) -> dict[int, int]:
    """Windows open at some time of each hour, all pools together: {hour: windows}.

    Of each pool its day plan's spans.
    """
    total: Counter[int] = Counter()
    for spans in pools:
        most: dict[int, int] = {}
        for first, end, _online, windows in spans:
            for hour in range(first // CELLS_PER_HOUR, -(-end // CELLS_PER_HOUR)):
                most[hour] = max(most.get(hour, 0), windows)
        total.update(most)
    return dict(total)


def is_evening(moment: datetime) -> bool:
    """Whether it is 18:00 or later, by the centre's clock."""
    return hour_of(moment) >= EVENING_HOUR


def ended_at(*, closes: datetime, began: datetime, now: datetime) -> datetime:
    """When a visit ended that nobody ended: with the hall, but not before it began."""
    return min(now, max(closes, began))
