"""What follows for a use from plain values; no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.common.clock import CELLS_PER_DAY, today
from services.lending.errors import (
    EndsBeforeStartError,
    UsePastError,
    UseTooFarError,
    UseTooLongError,
    UseTooSoonError,
)
from services.resources.rules import OpenDay, days_between, run_on
from services.slots.rules import split_start

HALF_HOUR = 2
"""Cells between two starts that a page offers."""

LONGEST_BY_STAFF = timedelta(days=7)
"""How long a thing may be out at a time."""


@dataclass(frozen=True)
class Terms:
    """What one person may ask for at a centre."""

    max_hours: int = 4
    max_open: int = 2
    lead_hours: int = 24
    days_ahead: int = 30


@dataclass(frozen=True)
class Stretch:
    """A run of cells with the same number of free lanes."""

    first: int
    end: int
    free: int


def cells_of(starts_at: datetime, ends_at: datetime) -> dict[date, range]:
    """The cells of each day that the use takes.

    Raises:
        SlotOffGridError, EndsBeforeStartError
    """
    split_start(starts_at)
    split_start(ends_at)
    if ends_at <= starts_at:
        raise EndsBeforeStartError
    taken = {}
    for day in days_between(starts_at, ends_at):
        if run := run_on(day, starts_at, ends_at):
            taken[day] = range(*run)
    return taken


def check_asked(terms: Terms, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse what a resident may not ask for.

    Raises:
        UsePastError, UseTooSoonError, UseTooFarError, UseTooLongError
    """
    if starts_at <= now:
        raise UsePastError
    if starts_at < now + timedelta(hours=terms.lead_hours):
        raise UseTooSoonError(hours=terms.lead_hours)
    if today(starts_at) > today(now) + timedelta(days=terms.days_ahead):
        raise UseTooFarError(days=terms.days_ahead)
    if ends_at - starts_at > timedelta(hours=terms.max_hours):
        raise UseTooLongError(hours=terms.max_hours)


def fits(cells: Mapping[date, range], days: Mapping[date, OpenDay], *, goes_out: bool) -> bool:
    """Whether the use is within the hours.

    A thing that `goes_out` is fetched and brought back in them, and may be away overnight; all
    others are used in opening hours only.
    """
    if any(day not in days for day in cells):
        return False
    if not goes_out:
        return all(set(days[day].cells).issuperset(run) for day, run in cells.items())
    first_day, last_day = min(cells), max(cells)
    is_fetched = cells[first_day].start in days[first_day].cells
    is_brought = cells[last_day].stop - 1 in days[last_day].cells
    return (
        is_fetched
        and is_brought
        and not any(_meet(run, shut) for day, run in cells.items() for shut in days[day].shut)
    )


def stretches(lanes: Mapping[int, int], taken: Mapping[int, int]) -> list[Stretch]:
    """A day's open cells as runs of equally many free lanes, in order."""
    found: list[Stretch] = []
    for cell in sorted(lanes):
        free = max(0, lanes[cell] - taken.get(cell, 0))
        last = found[-1] if found else None
        if last and (last.end, last.free) == (cell, free):
            found[-1] = Stretch(last.first, cell + 1, free)
        else:
            found.append(Stretch(cell, cell + 1, free))
    return found


def free_starts(found: Sequence[Stretch], earliest: int, units: int = 1) -> list[int]:
    """On each half hour from `earliest`, whether at least half an hour can begin there."""
    free = {
        cell
        for stretch in found
        if stretch.free >= units
        for cell in range(stretch.first, stretch.end)
    }
    return [
        cell
        for cell in range(0, CELLS_PER_DAY, HALF_HOUR)
        if cell >= earliest and free.issuperset(range(cell, cell + HALF_HOUR))
    ]


def overfull(uses: Iterable[tuple[int, int, Mapping[date, range]]], lanes: int) -> set[int]:
    """The uses that must give way, the last first come: pairs of (id, units, cells) in order."""
    taken: dict[tuple[date, int], int] = {}
    losers = set()
    for pk, units, cells in uses:
        places = [(day, cell) for day, run in cells.items() for cell in run]
        if any(taken.get(place, 0) + units > lanes for place in places):
            losers.add(pk)
            continue
        for place in places:
            taken[place] = taken.get(place, 0) + units
    return losers


def lowest_free(used: Collection[int | None], limit: int) -> int | None:
    """The lowest number up to the limit that is not used; None when there is none."""
    return next((number for number in range(1, limit + 1) if number not in used), None)


def _meet(run: range, shut: tuple[int, int]) -> bool:
    return run.start < shut[1] and shut[0] < run.stop
