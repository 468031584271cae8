"""Which day and visit a link to the waiting list means."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest

from lishui_center.common.clock import moment
from services.catalogue.access import Visit, get_visit
from services.slots.access import days_for
from services.slots.errors import SlotClosedError
from services.slots.grid import read_day

USUAL_STRETCH = 8
"""Two hours from the time that was clicked."""


@dataclass(frozen=True)
class Asked:
    """The visit, the day, and the cells at which it could begin, free or not."""

    visit: Visit
    day: date
    cells: list[int]
    wanted: int | None

    @property
    def initial(self) -> dict[str, int]:
        """The stretch proposed: around the wanted time, else the whole day."""
        if self.wanted is None:
            return {"earliest": self.cells[0], "latest": self.cells[-1]}
        ends = self.wanted + USUAL_STRETCH
        return {
            "earliest": self.wanted,
            "latest": max(cell for cell in self.cells if cell <= ends),
        }

    @property
    def query(self) -> str:
        """The address of the day among the times to book."""
        pairs = [("centre", self.visit.centre.code)]
        pairs += [("item", code) for code in self.visit.codes]
        return urlencode([*pairs, ("day", self.day.isoformat())])

    @property
    def starts_at(self) -> datetime:
        """The first start, to show the day by."""
        return moment(self.day, self.cells[0])


def asked_by(request: HttpRequest, *, now: datetime) -> Asked:
    """What the address asks for.

    Raises:
        SlotClosedError: nothing can be booked on that day; and those of `get_visit`.
    """
    given = request.GET
    codes = [code.strip().upper() for code in given.getlist("item") if code.strip()]
    visit = get_visit(given.get("centre", ""), codes)
    day = read_day(given.get("day", ""))
    starts = [
        start.cell
        for slots in (days_for(visit, first=day, last=day, now=now) if day else [])
        for start in slots.starts
    ]
    if day is None or not starts:
        raise SlotClosedError
    wanted = {str(cell): cell for cell in starts}.get(given.get("cell", ""))
    return Asked(visit, day, starts, wanted)
