"""The day strip and the grid of times, as somebody chooses from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from lishui_center.common.clock import FIRST_DAY, LAST_DAY, ZONE, clock_text, moment, today
from lishui_center.common.errors import RuleError
from services.slots.bands import Band, band_of
from services.slots.errors import (
    SlotClosedError,
    SlotFullError,
    SlotOffGridError,
    SlotPastError,
    SlotTooFarError,
    SlotTooSoonError,
)
from services.slots.models import DaySlots
from services.slots.rules import nearest

# Another time helps against these refusals; against others it does not.
TIME_REFUSALS = (
    SlotClosedError,
    SlotFullError,
    SlotOffGridError,
    SlotPastError,
    SlotTooFarError,
    SlotTooSoonError,
)

# From then on most people look for an evening.
EVENING_FIRST_FROM = time(17)


@dataclass(frozen=True)
class GridDay:
    """One day of the strip; `closed` says why it cannot be chosen."""

    date: date
    href: str
    free: int
    closed: str
    reason: str


@dataclass(frozen=True)
class GridStart:
    """One time of the grid; `waitlist` leads to waiting for it when it is full."""

    clock: str
    value: str
    free: int
    is_chosen: bool
    waitlist: str


@dataclass(frozen=True)
class GridBand:
    """The times of one part of the day."""

    band: Band
    starts: list[GridStart]

    @property
    def free(self) -> int:
        return sum(start.free for start in self.starts)


@dataclass(frozen=True)
class Grid:
    """What can be chosen: the days, and the times of the day looked at."""

    days: list[GridDay]
    day: date | None
    bands: list[GridBand]
    query: str

    @property
    def closings(self) -> list[GridDay]:
        """The days that are closed for a reason worth telling."""
        return [day for day in self.days if day.reason]

    @property
    def next_free(self) -> GridDay | None:
        """The first day with a free time, when the one looked at has none."""
        if any(band.free for band in self.bands):
            return None
        return next((day for day in self.days if day.free), None)


def make_grid(
    days: Sequence[DaySlots],
    wanted: date | None,
    *,
    query: str,
    waitlist: str = "",
    chosen: datetime | None = None,
    now: datetime,
) -> Grid:
    """The strip of `days` and the times of the wanted one, or of the first with a free time.

    `query` is the rest of the address, to which the day is added; `waitlist` the page to wait on.
    """
    looked_at = next((day for day in days if day.date == wanted), None) or next(
        (day for day in days if day.free), None
    )
    join = f"{waitlist}?{query}" if waitlist else ""
    return Grid(
        days=[_day(day, query, now) for day in days],
        day=looked_at.date if looked_at else None,
        bands=_bands(looked_at, join, chosen, now) if looked_at else [],
        query=query,
    )


def alternatives(
    days: Sequence[DaySlots], refusal: RuleError | None, wanted: datetime | None
) -> list[datetime]:
    """The three free starts nearest to the wanted one, in order, where another time helps."""
    if wanted is None or not isinstance(refusal, TIME_REFUSALS):
        return []
    free = [moment(day.date, start.cell) for day in days for start in day.starts if start.free]
    return nearest(free, wanted)


def read_day(text: str) -> date | None:
    """A date of the form 2026-11-25; None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def read_start(text: str) -> datetime | None:
    """A moment in ISO 8601, local where it has no offset; None for anything else."""
    try:
        start = parse_datetime(text)
    except ValueError:
        return None
    if start is None or not FIRST_DAY <= start.date() <= LAST_DAY:
        return None
    return start if start.tzinfo else start.replace(tzinfo=ZONE)


def _day(day: DaySlots, query: str, now: datetime) -> GridDay:
    closed = ""
    if day.opens is None:
        closed = _("Closed")
    elif not day.starts:
        closed = _("Over") if day.date == today(now) else _("Not yet")
    return GridDay(
        date=day.date,
        href=f"?{query}&day={day.date.isoformat()}",
        free=day.free,
        closed=closed,
        reason=day.closed_reason,
    )


def _bands(day: DaySlots, join: str, chosen: datetime | None, now: datetime) -> list[GridBand]:
    bands: dict[Band, list[GridStart]] = {}
    for start in day.starts:
        begins = moment(day.date, start.cell)
        bands.setdefault(band_of(start.cell), []).append(
            GridStart(
                clock=clock_text(start.cell),
                value=begins.isoformat(),
                free=start.free,
                is_chosen=begins == chosen,
                waitlist=join and f"{join}&day={day.date.isoformat()}&cell={start.cell}",
            )
        )
    order = list(Band)
    if now.astimezone(ZONE).time() >= EVENING_FIRST_FROM:
        order.insert(0, order.pop(order.index(Band.EVENING)))
    return [GridBand(band, bands[band]) for band in order if band in bands]
