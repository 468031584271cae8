"""Numbers and order of a queue as plain values; no database, no clock.

Source: domain.md, "Tickets and calling".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

BOOKED_AHEAD = timedelta(minutes=10)
PRIORITY_AHEAD = timedelta(minutes=20)
# Who missed the call and came back lets so many others go first.
RETURNS_BEHIND = 2
# Numbers that the counter never gives: a hall without network writes them on paper.
PAPER_NUMBERS = range(900, 1000)


class Kind(StrEnum):
    """Why a ticket stands where it does; also what its prefix begins with."""

    WALK_IN = ""
    BOOKED = "R"
    PRIORITY = "P"


def kind_of(*, is_booked: bool, has_priority: bool) -> Kind:
    """The letter before the pool's; priority shows on the ticket only for walk-ins."""
    if is_booked:
        return Kind.BOOKED
    return Kind.PRIORITY if has_priority else Kind.WALK_IN


def number_text(prefix: str, number: int) -> str:
    """'RA012': what is printed, called and shown."""
    return f"{prefix}{number:03d}"


def next_number(last: int) -> int:
    """The number after `last`; the paper numbers are passed over."""
    following = last + 1
    return PAPER_NUMBERS.stop if following in PAPER_NUMBERS else following


def sort_key(moment: datetime) -> int:
    """A moment as the one integer that orders everybody: milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def sort_at(
    *,
    arrival: datetime,
    starts_at: datetime | None = None,
    grace: timedelta = timedelta(),
    has_priority: bool = False,
) -> int:
    """Where somebody who arrives now comes in the queue.

    On-time booked: slot start - 10 min. Late booked (beyond grace) and walk-in: arrival. Priority:
    arrival - 20 min, which is also its cap: nobody who has waited longer than that is passed.
    """
    places = [arrival]
    if starts_at is not None and arrival <= starts_at + grace:
        places = [starts_at - BOOKED_AHEAD]
    if has_priority:
        places.append(arrival - PRIORITY_AHEAD)
    return sort_key(min(places))


def return_key(waiting: Sequence[int], now: datetime) -> int:
    """Where a person who missed the call comes back in: behind the next two.

    `waiting` are the keys of the queue, in order; with fewer ahead, behind those.
    """
    ahead = waiting[:RETURNS_BEHIND]
    return ahead[-1] + 1 if ahead else sort_key(now)
