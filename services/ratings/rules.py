"""When a visit can be rated, and by when a bad rating must be dealt with. Pure.

Source: domain.md, "Tickets and calling".
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

BAD = 2
"""The highest score that opens a case."""

RATED_WITHIN = timedelta(days=7)
FIXED_WITHIN = 15
"""Working days from the rating until the case is due."""

SATURDAY = 6

REPLY = re.compile(
    r"\s*(?P<score>[1-5１-５])(?![\d号])\s*分?[\s,，.。:：;；、-]*(?P<words>.*)", re.DOTALL
)
"""One digit first, as the message asks for, then what the person adds; "3号" is a window."""


def is_bad(score: int) -> bool:
    """Whether somebody must look into it."""
    return score <= BAD


def read_reply(text: str) -> tuple[int, str] | None:
    """The score and the words of an SMS, (2, "等太久") for "2，等太久"; None for anything else."""
    found = REPLY.fullmatch(text)
    return (int(found["score"]), found["words"].strip()) if found else None


def is_in_time(ended_at: datetime, now: datetime) -> bool:
    """Whether the visit can still be rated."""
    return now <= ended_at + RATED_WITHIN


def working_day(after: date, is_open: Mapping[date, bool], *, count: int = FIXED_WITHIN) -> date:
    """The `count`-th day after `after` on which the centre opens.

    `is_open` is what is planned; beyond it, Monday to Friday count.
    """
    day = after
    while count:
        day += timedelta(days=1)
        count -= is_open.get(day, day.isoweekday() < SATURDAY)
    return day
