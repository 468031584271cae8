"""How a day fills up: which visits, at which times. Pure: values in, values out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from services.catalogue.models import ServiceItem
from services.slots.rules import cells_for

# 09:00-11:00, 14:30-16:00 and, for commuters, 19:00-20:30 (domain.md, "Sizes").
PEAK_CELLS = frozenset([*range(36, 44), *range(58, 64), *range(76, 82)])
OFF_PEAK = 0.5
FULL = 2.0  # Any level that leaves no cell to chance, off the peaks too.
CANCELLED_BESIDE_KEPT = 0.136  # 12 % of all bookings.
SECOND_ITEM = 0.08
POPULAR = {"C02": 6, "B01": 5, "B04": 5, "C01": 4, "B02": 3, "B09": 3, "C03": 3, "F01": 3}
# The fuller the nearer: how eagerly the days from today on are booked.
EAGERNESS = [0.6, 0.75, 0.6, 0.5, 0.42, 0.36, 0.3, 0.22]
MONDAY = 1
SOON_DAYS = 2


@dataclass(frozen=True)
class Slip:
    """A visit to be: its cells, its lane (None: cancelled again) and its items."""

    cell: int
    cells: int
    lane: int | None
    items: tuple[ServiceItem, ...]


@dataclass(frozen=True)
class Menu:
    """The items one pool takes bookings for."""

    items: Sequence[ServiceItem]

    def pick(self, rng: Random, *, room: int) -> tuple[ServiceItem, ...]:
        """One item, now and then two, that fit into so many cells; () when none does."""
        fitting = [item for item in self.items if cells_for(item.minutes) <= room]
        if not fitting:
            return ()
        weights = [POPULAR.get(item.code, 1) for item in fitting]
        chosen = rng.choices(fitting, weights, k=2 if rng.random() < SECOND_ITEM else 1)
        once = tuple(dict.fromkeys(chosen))
        return once if cells_for(sum(item.minutes for item in once)) <= room else once[:1]


def level_of(rng: Random, *, weekday: int, days_ahead: int) -> float:
    """The chance, at a peak, that a free cell is where a visit begins."""
    rush = 1.2 if weekday == MONDAY else 1.0
    if days_ahead < 0:
        return rng.uniform(0.35, 0.85) * rush
    if rng.random() < (0.25 if days_ahead <= SOON_DAYS else 0.06):
        return FULL
    return EAGERNESS[days_ahead] * rng.uniform(0.5, 1.5) * rush


def fill_day(lanes: Mapping[int, int], *, level: float, menu: Menu, rng: Random) -> Iterator[Slip]:
    """Visits that never share a lane of a cell; `lanes` is {open cell: lanes for bookings}."""
    for lane in range(max(lanes.values(), default=0)):
        free_from = 0
        for cell in sorted(lanes):
            chance = level if cell in PEAK_CELLS else level * OFF_PEAK
            if cell < free_from or rng.random() >= chance:
                continue
            items = menu.pick(rng, room=_room(lanes, lane, cell))
            if not items:
                continue
            cells = cells_for(sum(item.minutes for item in items))
            yield Slip(cell, cells, lane, items)
            free_from = cell + cells
            if rng.random() < CANCELLED_BESIDE_KEPT:
                yield Slip(cell, cells, None, items)


def _room(lanes: Mapping[int, int], lane: int, cell: int) -> int:
    """How many cells from this one on the lane is open without a break."""
    end = cell
    while lanes.get(end, 0) > lane:
        end += 1
    return end - cell
