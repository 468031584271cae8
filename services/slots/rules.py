"""Places as arithmetic: cells, lanes and the window in which they can be booked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lishui_center.common.clock import CELL_MINUTES, ZONE, cell_at, moment, today
from services.slots.errors import (
    SlotOffGridError,
    SlotPastError,
    SlotTooFarError,
    SlotTooSoonError,
)


@dataclass(frozen=True)
class ReleaseTerms:
    """From when until when a day can be booked (domain.md, "Booking policy")."""

    days_ahead: int
    hour: int
    lead_minutes: int


@dataclass(frozen=True)
class Start:
    """A possible start: its cell, and how many can still begin there."""

    cell: int
    free: int


def cells_for(minutes: int) -> int:
    """Whole cells that a visit of so many minutes takes."""
    return -(-minutes // CELL_MINUTES)


def split_start(start: datetime) -> tuple[date, int]:
    """The local date and cell of a moment on the grid.

    Raises:
        SlotOffGridError: it is not on a full quarter of an hour.
    """
    local = start.astimezone(ZONE)
    if local.minute % CELL_MINUTES or local.second or local.microsecond:
        raise SlotOffGridError
    return local.date(), cell_at(local)


def last_released(terms: ReleaseTerms, now: datetime) -> date:
    """The furthest day open for booking; a new day opens each morning at the release hour."""
    local = now.astimezone(ZONE)
    days = terms.days_ahead if local.time() >= time(terms.hour) else terms.days_ahead - 1
    return local.date() + timedelta(days=days)


def first_bookable_cell(terms: ReleaseTerms, day: date, now: datetime) -> int:
    """The first cell of the day that is far enough ahead; 96 or more when none is."""
    earliest = now + timedelta(minutes=terms.lead_minutes)
    first_day = today(earliest)
    if day != first_day:
        return 0 if day > first_day else 96
    return cell_at(earliest) + (earliest > moment(day, cell_at(earliest)))


def check_bookable(terms: ReleaseTerms, day: date, cell: int, now: datetime) -> None:
    """Refuse a start outside the booking window.

    Raises:
        SlotPastError, SlotTooSoonError, SlotTooFarError
    """
    start = moment(day, cell)
    if start <= now:
        raise SlotPastError
    if start < now + timedelta(minutes=terms.lead_minutes):
        raise SlotTooSoonError
    if day > last_released(terms, now):
        opens = day - timedelta(days=terms.days_ahead)
        raise SlotTooFarError(opens=opens.isoformat(), hour=f"{terms.hour:02d}:00")


def fits(lanes: Mapping[int, int], first: int, cells: int) -> bool:
    """Whether every cell of the visit is open for bookings."""
    return all(lanes.get(cell, 0) > 0 for cell in range(first, first + cells))


def free_lanes(lanes: int, taken: Collection[int]) -> list[int]:
    """The lanes of a cell that a new visit may take.

    A lane that a change of hours took away, while somebody has it, counts as the lowest free one
    instead. All who book at once leave out the same, so the unique lanes hold here too.
    """
    free = [lane for lane in range(lanes) if lane not in taken]
    beyond = sum(lane >= lanes for lane in taken)
    return free[beyond:]


def starts(
    lanes: Mapping[int, int], taken: Mapping[int, int], *, cells: int, earliest: int
) -> list[Start]:
    """Every start at which the visit fits into the opening, with its free places.

    A place needs a lane in each of its cells, but not the same one: lanes are capacity, and
    whenever no cell holds more visits than lanes, the visits can be dealt to the windows.
    """
    return [
        Start(first, max(0, min(_free(lanes, taken, cell) for cell in range(first, first + cells))))
        for first in sorted(lanes)
        if first >= earliest and fits(lanes, first, cells)
    ]


def nearest(found: list[datetime], wanted: datetime, count: int = 3) -> list[datetime]:
    """The free starts closest to the wanted one, in order of time."""
    return sorted(sorted(found, key=lambda start: abs(start - wanted))[:count])


def _free(lanes: Mapping[int, int], taken: Mapping[int, int], cell: int) -> int:
    return lanes[cell] - taken.get(cell, 0)
