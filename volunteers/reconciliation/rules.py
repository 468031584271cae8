"""What a ledger of hours must agree on with itself. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, TypedDict
from uuid import UUID

from volunteers.hours.rules import minutes_between


class Line(NamedTuple):
    """A record that counts, as the ledger has it."""

    volunteer: int
    start: datetime
    end: datetime
    minutes: int
    pk: UUID
    is_approved: bool


class Difference(TypedDict):
    """Where two sides disagree: a code, a record's or person's id, and both numbers."""

    what: str
    about: str
    expected: int
    found: int


def differs(what: str, about: object, expected: int, found: int) -> Difference:
    """One difference, as it is stored."""
    return {"what": what, "about": str(about), "expected": expected, "found": found}


def sweep(lines: Iterable[Line]) -> Iterator[Difference]:
    """Overlaps of one person, and minutes that are not those between start and end.

    `lines` are ordered by person and start.
    """
    last: Line | None = None
    for line in lines:
        counted = minutes_between(line.start, line.end)
        if counted != line.minutes:
            yield differs("minutes", line.pk, counted, line.minutes)
        if last and last.volunteer == line.volunteer:
            if line.start < last.end:
                yield differs("overlap", line.pk, 0, minutes_between(line.start, last.end))
            if line.end <= last.end:
                continue
        last = line
