"""What a resident sees of the resources: a list with what is free, and one with its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.common.clock import today
from services.lending.free import FreeDay, free_days
from services.lending.rules import Terms
from services.resources.models import Resource

STRIP = 14
"""Days shown at once."""


@dataclass(frozen=True)
class Row:
    """A resource of the list; `free` is what is known of the day that was asked for."""

    resource: Resource
    free: FreeDay | None

    @property
    def has_time(self) -> bool:
        """Whether half an hour or more is left that day."""
        return bool(self.free and self.free.starts())


@dataclass(frozen=True)
class Look:
    """One resource: the days of the strip, and the day looked at."""

    resource: Resource
    terms: Terms
    days: list[FreeDay]
    day: FreeDay | None
    earlier: date | None
    later: date | None

    @property
    def starts(self) -> list[int]:
        return self.day.starts() if self.day else []


def rows_on(resources: Sequence[Resource], day: date | None, *, now: datetime) -> list[Row]:
    """The resources with what is free that day."""
    if day is None:
        return [Row(resource, None) for resource in resources]
    free = free_days(resources, day, day, now=now)
    return [Row(resource, free[resource.pk][0]) for resource in resources]


def look_at(resource: Resource, wanted: date | None, terms: Terms, *, now: datetime) -> Look:
    """The fourteen days around the wanted one, which falls back to the first with a free time."""
    first, last = today(now), today(now) + timedelta(days=terms.days_ahead)
    within = min(max(wanted or first, first), last)
    begin = first + timedelta(days=(within - first).days // STRIP * STRIP)
    end = min(begin + timedelta(days=STRIP - 1), last)
    free = free_days([resource], begin, end, now=now, lead_hours=terms.lead_hours)
    days = free[resource.pk]
    chosen = next((day for day in days if day.date == wanted), None) or next(
        (day for day in days if day.starts()), None
    )
    return Look(
        resource=resource,
        terms=terms,
        days=days,
        day=chosen,
        earlier=begin - timedelta(days=STRIP) if begin > first else None,
        later=end + timedelta(days=1) if end < last else None,
    )
