"""What a roster covers and what it leaves open; plain arithmetic on the cells of one day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lishui_center.common.clock import CELLS_PER_DAY, ZONE, clock_text
from lishui_center.notifications.rules import QuietHours
from services.centres.rules import most_online

WEEK = timedelta(days=7)
EVENING_BEFORE = time(20)
SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Hours:
    """From the cell `first` until `end` (not included), with a break in between or none."""

    first: int
    end: int
    rest: tuple[int, int] | None = None

    @property
    def is_within_the_day(self) -> bool:
        """Whether it ends after it begins, and not after midnight."""
        return 0 <= self.first < self.end <= CELLS_PER_DAY

    @property
    def holds_its_break(self) -> bool:
        """Whether there is work before the break and after it."""
        return self.rest is None or self.first < self.rest[0] < self.rest[1] < self.end

    @property
    def on_duty(self) -> list[int]:
        """The cells in which the person is there."""
        pause = range(*self.rest) if self.rest else ()
        return [cell for cell in range(self.first, self.end) if cell not in pause]


@dataclass(frozen=True)
class Gap:
    """From the cell `first` until `end` (not included) so many people too few."""

    first: int
    end: int
    missing: int


def gaps(needed: Mapping[int, int], staffed: Mapping[int, int]) -> list[Gap]:
    """Where fewer people are on duty than are needed, in order: {cell: people} against the same."""
    found: list[Gap] = []
    for cell in sorted(needed):
        missing = needed[cell] - staffed.get(cell, 0)
        if missing <= 0:
            continue
        last = found[-1] if found else None
        if last and (last.end, last.missing) == (cell, missing):
            found[-1] = Gap(last.first, cell + 1, missing)
        else:
            found.append(Gap(cell, cell + 1, missing))
    return found


def people_by_cell(duties: Iterable[Hours]) -> dict[int, int]:
    """How many are there at once: {cell: people}."""
    return dict(Counter(cell for hours in duties for cell in hours.on_duty))


def lane_limits(staffed: Mapping[int, int], walk_in_percent: int) -> dict[int, tuple[int, int]]:
    """How many lanes so many windows make: {cell: (for bookings, in all)}.

    The walk-in share is kept among the windows that somebody is at.
    """
    return {
        cell: (most_online(people, walk_in_percent), people) for cell, people in staffed.items()
    }


def reminder_times(starts_at: datetime, now: datetime, quiet: QuietHours) -> dict[str, datetime]:
    """When to remind of a duty: {kind: moment}, of those still ahead.

    At 20:00 the evening before, and an hour before; of an early duty only the evening before,
    because nobody is woken.
    """
    local = starts_at.astimezone(ZONE)
    eve = datetime.combine(local.date() - timedelta(days=1), EVENING_BEFORE, ZONE)
    times = {"duty_tomorrow": eve}
    if not quiet.hold(local - SOON):
        times["duty_soon"] = local - SOON
    return {kind: moment for kind, moment in times.items() if moment > now}


def typed_time(cell: int) -> str:
    """'14:30' as a form reads it: the end of the day is 23:59."""
    return "23:59" if cell == CELLS_PER_DAY else clock_text(cell)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day, both ends included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
