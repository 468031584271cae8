"""Local time of the centres, and the 15-minute grid that every day is cut into.

Instants are stored in UTC; a slot is keyed by local date and cell (0 = 00:00, 95 = 23:45).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
CELL_MINUTES = 15
CELLS_PER_DAY = 24 * 60 // CELL_MINUTES
# At the ends of the calendar a change of time zone overflows.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


def today(now: datetime) -> date:
    """The centres' local date at the moment `now`."""
    return now.astimezone(ZONE).date()


def moment(day: date, cell: int) -> datetime:
    """The moment a cell begins, with the local offset; cell 96 is the midnight after."""
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=cell * CELL_MINUTES)


def as_utc(instant: datetime | None) -> datetime | None:
    """A moment read by plain SQL: SQLite hands out its UTC columns without a zone."""
    return instant.replace(tzinfo=UTC) if instant and instant.tzinfo is None else instant


def cell_at(instant: datetime) -> int:
    """The cell that holds the moment, in local time."""
    local = instant.astimezone(ZONE)
    return (local.hour * 60 + local.minute) // CELL_MINUTES


def cell_of(clock: time) -> int:
    """The cell a wall time falls in; 23:59 means the end of the day, cell 96."""
    if clock == time(23, 59):
        return CELLS_PER_DAY
    return (clock.hour * 60 + clock.minute) // CELL_MINUTES


def clock_text(cell: int) -> str:
    """'14:30' for cell 58; '24:00' for the end of the day."""
    return f"{cell // 4:02d}:{cell % 4 * CELL_MINUTES:02d}"
