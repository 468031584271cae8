"""What a sheet of members may hold, and what is wrong with a row. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

MOST_BYTES = 1024 * 1024
MOST_UNPACKED = 8 * 1024 * 1024
"""A sheet of 1,000 rows is far smaller, whatever it is packed into."""
MOST_ROWS = 1_000
LAST_LOOKED_AT = 20_000
"""A sheet may have empty rows in it, but not a million of them."""
KEPT_FOR = timedelta(minutes=30)
NAME_LENGTH = 60
CELL_LENGTH = 100
COLUMNS = 4


@dataclass(frozen=True)
class Row:
    """One person as typed: `number` is the sheet's own; `since` is a date in ISO form or text."""

    number: int
    team: str
    name: str
    phone: str
    since: str

    @property
    def is_empty(self) -> bool:
        return not (self.team or self.name or self.phone or self.since)


def cell_text(value: object) -> str:
    """A cell as text: 13800000001 for the number 13800000001.0, a date in ISO form."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\0", " ").strip()[:CELL_LENGTH]


def row_of(number: int, cells: Sequence[object]) -> Row:
    """The first four cells, in the template's order: team, name, phone, since."""
    texts = [cell_text(cell) for cell in cells[:COLUMNS]]
    team, name, phone, since = texts + [""] * (COLUMNS - len(texts))
    return Row(number, team, name, phone, since)


def day_of(text: str) -> date | None:
    """The day, however it is usually typed: 2026-11-25, 2026/11/25 or 2026.11.25.

    Raises:
        ValueError
    """
    if not text:
        return None
    year, month, day = text.replace("/", "-").replace(".", "-").split("-")
    return date(int(year), int(month), int(day))


def packed(rows: Iterable[Row]) -> str:
    """The rows as one text."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False)


def unpacked(text: str) -> list[Row]:
    """The rows in the text."""
    return [Row(**fields) for fields in json.loads(text)]
