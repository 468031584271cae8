"""The figures of a day as plain values; no database, no clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from lishui_center.common.clock import ZONE

CLOSED_AFTER = timedelta(minutes=30)
"""How long after closing time the last visits may still take."""

EVENING_HOUR = 18


def percentile(minutes: Sequence[float], share: float) -> int | None:
    """The value that so large a share does not exceed (nearest rank); None without any."""
    if not minutes:
        return None
    return round(sorted(minutes)[max(0, ceil(share * len(minutes)) - 1)])


def spread(minutes: Sequence[float]) -> dict[str, int | None]:
    """What half of all, and what nine in ten, do not exceed."""
    return {"p50": percentile(minutes, 0.5), "p90": percentile(minutes, 0.9)}


def is_evening(moment: datetime) -> bool:
    """Whether it is 18:00 or later, by the centre's clock."""
    return moment.astimezone(ZONE).hour >= EVENING_HOUR


def ended_at(*, closes: datetime, began: datetime, now: datetime) -> datetime:
    """When a visit ended that nobody ended: with the hall, but not before it began."""
    return min(now, max(closes, began))
