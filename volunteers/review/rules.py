"""Which records are drawn for a second look, and what is a pattern. Pure.

Source: domain.md, "Volunteer hours": random audit of 3-5 %.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

LOOKED_BACK = timedelta(days=30)
"""How far back patterns are looked for."""

ALIKE_PEOPLE = 5
"""So many people's own records with the same team, times and words are a pattern."""
DEVICE_PEOPLE = 4
"""So many people who send from one phone are a pattern."""
QUICK_APPROVALS = 50
"""Only who approved more than this is looked at for haste."""
QUICK = timedelta(minutes=2)
"""A median time from sending to approving below this is haste."""
NIGHT = (2, 3, 4)
"""Local hours in which hardly anybody serves: 02:00 to 05:00."""


def drawn(keys: Sequence[str], percent: int, weight: Callable[[str], str]) -> list[str]:
    """The share of the keys with the least weights, rounded up: the same for the same weights."""
    count = -(-len(keys) * percent // 100)
    return sorted(keys, key=weight)[:count]


def is_hasty(waits: Iterable[timedelta]) -> bool:
    """Whether so many approvals came, in the median, too soon for a look."""
    ordered = sorted(waits)
    return len(ordered) > QUICK_APPROVALS and ordered[len(ordered) // 2] < QUICK
