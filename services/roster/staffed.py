"""Needed against staffed: the gaps of a roster, and the lanes that follow it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from lishui_center.common.clock import moment, today
from services.centres.models import BookingPolicy, Centre, Pool
from services.hours.actions import compute_days
from services.hours.rules import Day
from services.hours.staffing import Limits
from services.orphans.rules import windows_by_cell
from services.roster.models import RosterPolicy, Shift
from services.roster.rules import Gap, Hours, days_between, gaps, lane_limits, people_by_cell

AHEAD = timedelta(days=7)
Place = tuple[int, int | None, date]
"""A centre's day at a pool, or at the front desk: (centre id, pool id or None, date)."""


@dataclass(frozen=True)
class DayGap:
    """A gap at one place; without a pool, at the front desk."""

    centre: Centre
    pool: Pool | None
    date: date
    gap: Gap


def gaps_between(centres: Sequence[Centre], first: date, last: date) -> list[DayGap]:
    """What the rosters leave open against the opening hours, by day, time and place.

    The hours are those of the rules: where lanes follow the roster, the plans have no gaps.
    """
    pools = list(Pool.objects.filter(centre__in=centres).order_by("centre", "code"))
    days = compute_days(pools, first, last)
    staffed = _staffed([centre.pk for centre in centres], first, last)
    without_desk = set(
        RosterPolicy.objects.filter(centre__in=centres, front_desk=False).values_list(
            "pk", flat=True
        )
    )
    by_pk = {pool.pk: pool for pool in pools}
    found = [
        DayGap(centre, by_pk[pool_id] if pool_id else None, day, gap)
        for centre in centres
        for (pool_id, day), needed in _needed(centre, pools, days).items()
        if pool_id or centre.pk not in without_desk
        for gap in gaps(needed, staffed.get((centre.pk, pool_id, day), {}))
    ]
    return sorted(found, key=lambda item: (item.date, item.gap.first, str(item.pool or "")))


def gaps_ahead(centres: Sequence[Centre], *, now: datetime) -> list[DayGap]:
    """The gaps of today and the seven days after that are not over yet."""
    found = gaps_between(centres, today(now), today(now) + AHEAD)
    return [item for item in found if moment(item.date, item.gap.end) > now]


def open_days(centre: Centre, first: date, last: date) -> set[date]:
    """The days on which at least one window would be open."""
    pools = list(Pool.objects.filter(centre=centre))
    return {day for (_, day), plan in compute_days(pools, first, last).items() if plan.spans}


def lanes_staffed(pools: Sequence[Pool], first: date, last: date) -> Limits:
    """What the rosters leave of the lanes, at centres whose lanes follow (services.hours.staffing).

    From the first day of the roster to its last: before and after there is none to follow, but
    a day in between on which nobody is planned has no lanes.
    """
    percents = _followers({pool.centre_id for pool in pools})
    if not percents:
        return {}
    staffed = _staffed(percents, first, last)
    terms = _terms(percents)
    return {
        (pool.pk, day): lane_limits(
            staffed.get((pool.centre_id, pool.pk, day), {}), percents[pool.centre_id]
        )
        for pool in pools
        if pool.centre_id in terms
        for begins, ends in [terms[pool.centre_id]]
        for day in days_between(max(first, begins), min(last, ends))
    }


def _followers(centre_ids: Collection[int]) -> dict[int, int]:
    """The share of windows that stays for walk-ins: {centre id: per cent}."""
    usual = BookingPolicy().walk_in_percent
    found = RosterPolicy.objects.filter(centre__in=centre_ids, lanes_follow_roster=True)
    percents = found.values_list("centre_id", "centre__policy__walk_in_percent")
    return {pk: usual if percent is None else percent for pk, percent in percents}


def _terms(centre_ids: Iterable[int]) -> dict[int, tuple[date, date]]:
    """The first and the last day with somebody at a window: {centre id: (first, last)}."""
    shifts = Shift.objects.filter(centre__in=list(centre_ids), window__isnull=False).order_by()
    rows = shifts.values_list("centre_id").annotate(Min("date"), Max("date"))
    return {centre_id: (first, last) for centre_id, first, last in rows}


def _staffed(centre_ids: Iterable[int], first: date, last: date) -> dict[Place, dict[int, int]]:
    """How many people are where: {place: {cell: people}}, one query."""
    rows = Shift.objects.between(first, last).filter(centre__in=list(centre_ids))
    duties: dict[Place, list[Hours]] = defaultdict(list)
    for shift in rows.select_related("window"):
        pool_id = shift.window.pool_id if shift.window else None
        duties[shift.centre_id, pool_id, shift.date].append(shift.hours)
    return {place: people_by_cell(hours) for place, hours in duties.items()}


def _needed(
    centre: Centre, pools: Iterable[Pool], days: Mapping[tuple[int, date], Day]
) -> dict[tuple[int | None, date], dict[int, int]]:
    """How many people the opening takes: {(pool id or None, date): {cell: people}}.

    At the front desk, which has no pool, one whenever a window is open.
    """
    own = {pool.pk for pool in pools if pool.centre_id == centre.pk}
    needed: dict[tuple[int | None, date], dict[int, int]] = {
        (pool_id, day): windows_by_cell(span.as_list() for span in plan.spans)
        for (pool_id, day), plan in days.items()
        if pool_id in own
    }
    for (_, day), cells in list(needed.items()):
        needed.setdefault((None, day), {}).update(dict.fromkeys(cells, 1))
    return needed
