"""How many windows somebody is at, where a centre's lanes follow that.

The roster knows it and lies above the hours, so it registers itself in `AppConfig.ready`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from services.centres.models import Pool

Limits: TypeAlias = Mapping[tuple[int, date], Mapping[int, tuple[int, int]]]
"""The most lanes of those days that are limited.

{(pool id, date): {cell: (for bookings, in all)}}
"""

Source: TypeAlias = Callable[[Sequence[Pool], date, date], Limits]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let the lanes follow `source`, which answers for pools and the days from first to last."""
    _sources[name] = source


def limits_of(pools: Sequence[Pool], first: date, last: date) -> Limits:
    """The limits that any source sets; days without one keep the lanes of the rules."""
    limits: dict[tuple[int, date], Mapping[int, tuple[int, int]]] = {}
    for source in _sources.values():
        limits |= source(pools, first, last)
    return limits
