"""One week of a centre's roster, as its page shows it: day by day, place by place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.centres.models import Centre, Pool, Window
from services.roster.models import Leave, Shift
from services.roster.rules import Gap, days_between, monday_of
from services.roster.staffed import gaps_between

FURTHEST = timedelta(days=366)
LAST_DAY = timedelta(days=6)


@dataclass(frozen=True)
class Spot:
    """A window, or the front desk, and who is there in the course of the day."""

    window: Window | None
    shifts: list[Shift]


@dataclass(frozen=True)
class Group:
    """The windows of a pool, or the front desk alone, and where people are missing."""

    pool: Pool | None
    gaps: list[Gap]
    spots: list[Spot]


@dataclass(frozen=True)
class RosterDay:
    """A column of the week."""

    date: date
    groups: list[Group]
    away: list[User]

    @property
    def gaps(self) -> int:
        """How many gaps the day has."""
        return sum(len(group.gaps) for group in self.groups)


@dataclass(frozen=True)
class Week:
    """Seven days from `monday`."""

    monday: date
    days: list[RosterDay]

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)


def monday_asked(text: str, now: datetime) -> date:
    """The Monday of the week that the address names; this week's when it names none near."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = today(now)
    return monday_of(asked if abs(asked - today(now)) < FURTHEST else today(now))


def week_of(centre: Centre, monday: date, *, now: datetime) -> Week:
    """The week with shifts, leaves, and the gaps from today on: as many queries for any size."""
    last = monday + LAST_DAY
    windows = Window.objects.filter(centre=centre).select_related("pool")
    rows = list(windows.order_by("pool__code", "number"))
    shifts = Shift.objects.for_list().filter(centre=centre).between(monday, last)
    by_spot: dict[tuple[date, int | None], list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_spot[shift.date, shift.window_id].append(shift)
    gaps: dict[tuple[date, int | None], list[Gap]] = defaultdict(list)
    first_open = max(monday, today(now))
    if first_open <= last:
        for item in gaps_between([centre], first_open, last):
            gaps[item.date, item.pool.pk if item.pool else None].append(item.gap)
    away = list(Leave.objects.granted().touching(monday, last).for_list().filter(centre=centre))
    days = [
        RosterDay(
            day,
            _groups(day, rows, by_spot, gaps),
            [leave.staff for leave in away if leave.first <= day <= leave.last],
        )
        for day in days_between(monday, last)
    ]
    return Week(monday, days)


def _groups(
    day: date,
    windows: Iterable[Window],
    shifts: Mapping[tuple[date, int | None], list[Shift]],
    gaps: Mapping[tuple[date, int | None], list[Gap]],
) -> list[Group]:
    """The front desk, then pool after pool."""
    groups = [Group(None, gaps.get((day, None), []), [Spot(None, shifts.get((day, None), []))])]
    for window in windows:
        if groups[-1].pool != window.pool:
            groups.append(Group(window.pool, gaps.get((day, window.pool_id), []), []))
        groups[-1].spots.append(Spot(window, shifts.get((day, window.pk), [])))
    return groups
