"""What the address says so far: all of the first two steps lives there, so Back always works."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest

from lishui_center.common.clock import ZONE
from lishui_center.common.search import searched_for
from services.catalogue.access import MAX_ITEMS
from services.centres.chosen import chosen_centre
from services.centres.models import Centre
from services.slots.grid import read_day, read_start


@dataclass(frozen=True)
class Asked:
    """The centre and items chosen so far, and how far the person got.

    `day` in the address, even empty, asks for the second step; `start` for the third.
    """

    centre: Centre
    items: tuple[str, ...]
    search: str
    wants_time: bool
    day: date | None
    start: datetime | None
    is_centre_unknown: bool

    @property
    def base(self) -> list[tuple[str, str]]:
        return [("centre", self.centre.code), *(("item", code) for code in self.items)]

    @property
    def query(self) -> str:
        """The address of the first step with what is chosen."""
        return urlencode(self.base)

    def query_without(self, code: str) -> str:
        """The same with one item less."""
        return urlencode([pair for pair in self.base if pair != ("item", code)])

    def query_at(self, start: datetime) -> str:
        """The address of the third step."""
        local = start.astimezone(ZONE)
        return f"{self.query_on(local.date())}&{urlencode({'start': local.isoformat()})}"

    def query_on(self, day: date) -> str:
        """The address of the second step."""
        return urlencode([*self.base, ("day", day.isoformat())])


def asked_by(request: HttpRequest) -> Asked:
    """What is asked for; what cannot be read counts as not said.

    Raises:
        Http404: no centre has windows yet.
    """
    given = request.GET
    centre = chosen_centre(request)
    codes = dict.fromkeys(code.upper() for code in given.getlist("item") if code.isalnum())
    return Asked(
        centre=centre,
        items=tuple(codes)[: MAX_ITEMS + 1],
        search=searched_for(request),
        wants_time="day" in given,
        day=read_day(given.get("day", "")),
        start=read_start(given.get("start", "")),
        is_centre_unknown=given.get("centre", centre.code) != centre.code,
    )
