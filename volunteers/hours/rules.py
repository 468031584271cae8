"""What a record of volunteer hours may say. Pure.

Source: domain.md, "Volunteer hours".
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TypeAlias

from lishui_center.common.clock import ZONE, moment, today

LONGEST = timedelta(hours=12)
"""The most that one entry, and one person's day, may hold."""
LEADER_MINUTES = 8 * 60
"""Up to this much of a day stands on the leader's word; above, centre staff decide."""
DAY_MINUTES = 12 * 60

ENTERED_WITHIN = timedelta(days=30)
"""How long after the service it can be entered."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a phone's clock may run ahead of ours."""

STARS = (100, 300, 600, 1000, 1500)
"""Hours at which one, two … five stars can be awarded."""

MINUTE = timedelta(minutes=1)

Period: TypeAlias = tuple[datetime, datetime]
Periods: TypeAlias = Iterable[Period]


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes of the half-open period."""
    return (end - start) // MINUTE


def is_whole_minute(moment: datetime) -> bool:
    """Whether the moment has no seconds: a ledger counts minutes."""
    return not (moment.second or moment.microsecond)


def minute_keys(start: datetime, end: datetime) -> range:
    """The minutes of the period, counted from 1970 in UTC: equal for two periods that overlap."""
    first = int(start.timestamp()) // 60
    return range(first, first + minutes_between(start, end))


def by_day(start: datetime, end: datetime) -> Iterator[tuple[date, int]]:
    """(local date, minutes) of each day that the period touches: midnight splits it."""
    while start < end:
        midnight = moment(today(start) + timedelta(days=1), 0)
        stop = min(end, midnight)
        yield today(start), minutes_between(start, stop)
        start = stop


def longest_free(start: datetime, end: datetime, taken: Periods) -> Period | None:
    """The longest stretch of the period that none of the others takes; the earliest of equals."""
    best: Period | None = None
    for begins, ends in sorted([*taken, (end, end)]):
        free = (start, min(begins, end))
        if free[1] > free[0] and (best is None or free[1] - free[0] > best[1] - best[0]):
            best = free
        start = max(start, ends)
    return best


def within_day(start: datetime, end: datetime, taken: Mapping[date, int]) -> datetime:
    """The latest end up to which every day of the period holds no more than a day may.

    `taken` are the minutes that other records have of each local day.
    """
    for day, minutes in by_day(start, end):
        left = max(0, DAY_MINUTES - taken.get(day, 0))
        if minutes > left:
            return max(start, moment(day, 0)) + left * MINUTE
    return end


def stars(minutes: int) -> int:
    """How many stars so many approved minutes make eligible for."""
    return sum(minutes >= hours * 60 for hours in STARS)


def next_star(minutes: int) -> int | None:
    """At how many hours the next star can be awarded; None after the fifth."""
    return next((hours for hours in STARS if minutes < hours * 60), None)


def fingerprint(
    *, team: str, project: str, start: datetime, end: datetime, note: str, photo: str
) -> str:
    """The same for the same content, however it was written: what a repeated post is held to.

    `photo` is the SHA-256 of the file that was sent, or empty.
    """
    times = [instant.astimezone(ZONE).isoformat() for instant in (start, end)]
    content = json.dumps([team, project, *times, note, photo], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
