"""Places and their order. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

OFFER_MINUTES = 120
"""How long an offered place is kept."""
CANCEL_BEFORE = timedelta(hours=2)
"""Until then a person can give the place back online; later they phone the organiser."""
DAY_BEFORE = timedelta(days=1)
SOON = timedelta(hours=2)


def free_place(taken: Collection[int], capacity: int) -> int | None:
    """The lowest free number from 1 to `capacity`; None when so many are taken, or more.

    Numbers above the capacity count as taken places too, so that a smaller room is never oversold.
    """
    if len(taken) >= capacity:
        return None
    return next(number for number in range(1, capacity + 1) if number not in taken)


def cancel_deadline(start: datetime) -> datetime:
    """The last moment at which a place can be given back online."""
    return start - CANCEL_BEFORE


def renumbered(taken: Collection[int], capacity: int) -> dict[int, int]:
    """{old number: new one} of the places above a capacity that holds them all."""
    free = iter(sorted(set(range(1, capacity + 1)) - set(taken)))
    return {number: next(free) for number in sorted(taken) if number > capacity}
