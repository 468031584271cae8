"""What is free, of one resource or of many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.common.clock import CELLS_PER_DAY, cell_at, today
from services.lending import rules
from services.lending.models import Use, UseCell
from services.lending.rules import Stretch
from services.resources.access import open_days, others_of
from services.resources.models import Resource
from services.resources.rules import OpenDay

OTHERS = 3
"""Resources offered instead of one that is not to be had."""


@dataclass(frozen=True)
class FreeDay:
    """One day of a resource: when it is open, and how many are free."""

    day: OpenDay
    stretches: tuple[Stretch, ...]
    earliest: int

    @property
    def date(self) -> date:
        return self.day.date

    @property
    def ahead(self) -> list[Stretch]:
        """The stretches that can still be asked for, free or not."""
        return [
            Stretch(max(stretch.first, self.earliest), stretch.end, stretch.free)
            for stretch in self.stretches
            if stretch.end > self.earliest
        ]

    @property
    def free_hours(self) -> int:
        """Whole hours and parts of them in which at least one is free: what a day strip shows."""
        cells = sum(stretch.end - stretch.first for stretch in self.ahead if stretch.free)
        return -(-cells // 4)

    def starts(self, units: int = 1) -> list[int]:
        """The half hours at which so many can be had."""
        return rules.free_starts(self.stretches, self.earliest, units)


@dataclass(frozen=True)
class Wish:
    """A stretch of time, and how many are wanted."""

    starts_at: datetime
    ends_at: datetime
    units: int = 1


def free_days(
    resources: Iterable[Resource], first: date, last: date, *, now: datetime, lead_hours: int = 0
) -> dict[int, list[FreeDay]]:
    """{resource id: its days from `first` to `last`}; at most five queries for any number."""
    resources = list(resources)
    opened = open_days(resources, first, last, now=now)
    taken = UseCell.objects.taken([resource.pk for resource in resources], first, last)
    begins = now + timedelta(hours=lead_hours)
    return {
        resource.pk: [
            FreeDay(
                day,
                tuple(
                    rules.stretches(
                        dict.fromkeys(day.cells, resource.lanes),
                        taken.get((resource.pk, day.date), {}),
                    )
                ),
                _earliest(day.date, begins),
            )
            for day in opened[resource.pk]
        ]
        for resource in resources
    }


def free_at(resources: Iterable[Resource], wish: Wish, *, now: datetime) -> list[Resource]:
    """Those of the resources that can be had then, in their order; five queries."""
    resources = list(resources)
    cells = rules.cells_of(wish.starts_at, wish.ends_at)
    first, last = min(cells), max(cells)
    opened = open_days(resources, first, last, now=now)
    taken = UseCell.objects.taken([resource.pk for resource in resources], first, last)
    found = []
    for resource in resources:
        days = {day.date: day for day in opened[resource.pk]}
        most = max(
            taken.get((resource.pk, day), {}).get(cell, 0)
            for day, run in cells.items()
            for cell in run
        )
        has_room = resource.lanes - most >= (wish.units if resource.is_in_pieces else 1)
        if has_room and rules.fits(cells, days, goes_out=resource.is_in_pieces):
            found.append(resource)
    return found


def others_for(use: Use, *, now: datetime) -> list[Resource]:
    """What could be had instead at the same time: the same centre's first."""
    wanted = others_of(use.resource).filter(capacity__gte=max(use.units, use.people or 1))
    if use.entered_by_id is None:
        wanted = wanted.for_residents()
    found = free_at(wanted, Wish(use.starts_at, use.ends_at, use.units), now=now)
    home = use.resource.centre_id
    return sorted(found, key=lambda resource: resource.centre_id != home)[:OTHERS]


def _earliest(day: date, begins: datetime) -> int:
    """The first cell of the day from `begins` on."""
    if day != today(begins):
        return 0 if day > today(begins) else CELLS_PER_DAY
    return cell_at(begins) + 1
