"""The directory of resources, such as who has a projector on Saturday evening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lishui_center.common.clock import CELLS_PER_DAY, LAST_DAY, cell_of, moment, today
from lishui_center.common.dates import clock
from services.lending.forms import FindForm
from services.lending.free import Wish, free_at
from services.lending.models import Use, UseState
from services.resources.access import open_days
from services.resources.models import Resource, ResourceQuerySet
from services.resources.rules import OpenDay, run_on

TARGET = ("for_kind", "for_code")
BEGINS, HOURS = time(9), 2
"""What is looked for where only the day is given: two hours from nine."""


@dataclass(frozen=True)
class Found:
    """The resources that fit; with a wish, all of them free then.

    `target` is what one is to be used for: `for_kind` and `for_code`, or nothing.
    """

    resources: ResourceQuerySet
    wish: Wish | None
    target: dict[str, str]

    @property
    def entry(self) -> dict[str, str]:
        """What the form for a use begins with, by its fields: what for, and when."""
        if self.wish is None:
            return self.target
        starts_at, ends_at = self.wish.starts_at, self.wish.ends_at
        times = {"begins": clock(starts_at), "ends": clock(ends_at)}
        return self.target | {"first_day": f"{today(starts_at):%Y-%m-%d}"} | times


@dataclass(frozen=True)
class WeekDay:
    """One day of a resource's week."""

    day: OpenDay
    uses: list[Use]


@dataclass(frozen=True)
class Week:
    """Seven days of one resource from a Monday on."""

    monday: date
    days: list[WeekDay]

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)


def find_resources(params: Mapping[str, str], *, now: datetime) -> Found:
    """What the page's address asks for."""
    form = FindForm(params)
    form.is_valid()
    asked = form.cleaned_data
    found = Resource.objects.for_list().matching(asked.get("q", "").replace("\0", ""))
    for name in ("kind", "state", "centre"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    target = {name: asked[name] for name in TARGET if asked.get(name)}
    if not asked.get("day"):
        return Found(found, None, target)
    wish = _wish(asked["day"], asked.get("begins"), asked.get("ends"), today(now))
    free = free_at(found.available(), wish, now=now)
    return Found(found.filter(pk__in=[resource.pk for resource in free]), wish, target)


def week_of(resource: Resource, wanted: date | None, *, now: datetime) -> Week:
    """The resource's week with the wanted day: what is open, and every use that took place."""
    day = wanted if wanted and wanted < LAST_DAY - timedelta(days=14) else today(now)
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    opened = open_days([resource], monday, sunday, now=now)[resource.pk]
    took_place = (UseState.ASKED, UseState.CONFIRMED, UseState.DONE)
    found = Use.objects.for_list().filter(resource=resource, state__in=took_place)
    uses = list(found.between(monday, sunday))
    return Week(
        monday,
        [
            WeekDay(day, [use for use in uses if run_on(day.date, use.starts_at, use.ends_at)])
            for day in opened
        ],
    )


def _wish(day: date, begins: time | None, ends: time | None, today: date) -> Wish:
    day = min(max(day, today), LAST_DAY)
    first = cell_of(begins or BEGINS)
    last = cell_of(ends) if ends else 0
    if last <= first:
        last = min(first + HOURS * 4, CELLS_PER_DAY)
    return Wish(moment(day, first), moment(day, last))
