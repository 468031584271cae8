"""Changing the opening: a dry run first, then the same change for good.

A preview runs the real change, plans and all, in a transaction that is rolled back; so it
cannot differ from what applying does.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.centres.actions import check_walk_in_share
from services.centres.models import BookingPolicy, Centre, Pool
from services.hours.actions import HORIZON_DAYS, PlanChange, as_day, rebuild_plans
from services.hours.models import DayPlan
from services.hours.rules import Day, lane_table
from services.opening.errors import StalePreviewError
from services.opening.rules import SHOWN_DAYS, PoolDay
from services.orphans.access import find_orphans
from services.slots.actions import fit_lanes

SHOWN_LATER = 7
USUAL_WALK_IN_PERCENT = BookingPolicy._meta.get_field("walk_in_percent").default


@dataclass(frozen=True)
class Change:
    """Something that alters the opening of `centres`; of one `day` only, or of all to come.

    `write` stores it with its audit events. It runs inside a transaction, maybe to be undone.
    """

    centres: tuple[int, ...]
    write: Callable[[], None]
    day: date | None = None

    def span(self, now: datetime) -> tuple[date, date]:
        """The days whose plans it can alter, within the horizon."""
        first, last = today(now), today(now) + timedelta(days=HORIZON_DAYS)
        return (max(self.day, first), min(self.day, last)) if self.day else (first, last)


@dataclass(frozen=True)
class Effect:
    """What a change does: the days of the preview, all days that differ, the orphans it makes.

    `earlier` are bookings of these days that were orphans before and wait for a decision.
    """

    days: tuple[PoolDay, ...]
    changes: tuple[PlanChange, ...]
    orphans: tuple[int, ...]
    earlier: tuple[int, ...]

    @property
    def fingerprint(self) -> str:
        """Equal for equal effects: tells whether a preview still holds.

        Groups go by their letters: a new one gets another number once it is really written.
        """
        changes = sorted(
            (item.pool.centre_id, item.pool.code, str(item.date), str(item.before), str(item.after))
            for item in self.changes
        )
        return hashlib.sha256(repr((changes, sorted(self.orphans))).encode()).hexdigest()


def preview_change(*, change: Change, now: datetime) -> Effect:
    """What the change would do; nothing stays written.

    Raises:
        WalkInShareError and what the change's own rules refuse.
    """
    with transaction.atomic():
        effect = _carry_out(change, now)
        transaction.set_rollback(True)
    return effect


@retry_on_conflict
@transaction.atomic
def apply_change(*, change: Change, expected: str, now: datetime) -> Effect:
    """Carry out the change, if it does what the preview with that fingerprint showed.

    Raises:
        StalePreviewError: nothing was written; it carries the new preview.
    """
    effect = _carry_out(change, now)
    if effect.fingerprint != expected:
        raise StalePreviewError(effect)
    fit_lanes(
        {
            (item.pool.pk, item.date): lane_table(span.as_list() for span in item.after.spans)
            for item in effect.changes
        }
    )
    return effect


def _carry_out(change: Change, now: datetime) -> Effect:
    """Write the change and rebuild the plans it touches; one editor of a centre at a time."""
    centres = Centre.objects.select_for_update(no_key=True).filter(pk__in=change.centres)
    list(centres.order_by("pk").values_list("pk"))
    first, last = change.span(now)
    where = Q(pool__centre__in=change.centres, date__range=(first, last))
    earlier = tuple(find_orphans(where, now=now))
    change.write()
    pools = list(Pool.objects.filter(centre__in=change.centres).select_related("centre"))
    changes = rebuild_plans(pools, first, last) if first <= last else []
    _check_walk_ins(changes)
    return Effect(
        days=tuple(_shown(pools, changes, change, now)),
        changes=tuple(changes),
        orphans=tuple(pk for pk in find_orphans(where, now=now) if pk not in set(earlier)),
        earlier=earlier,
    )


def _check_walk_ins(changes: Iterable[PlanChange]) -> None:
    centres = {change.pool.centre_id for change in changes}
    percents = dict(
        BookingPolicy.objects.filter(centre__in=centres).values_list("centre", "walk_in_percent")
    )
    for change in changes:
        percent = percents.get(change.pool.centre_id, USUAL_WALK_IN_PERCENT)
        # What was so before is no fault of this change: a closing must not fail on it.
        for online, total in _shares(change.after) - _shares(change.before):
            check_walk_in_share(online, total, percent)


def _shares(day: Day | None) -> set[tuple[int, int]]:
    return {(span.online, span.total) for span in day.spans} if day else set()


def _shown(
    pools: list[Pool], changes: Iterable[PlanChange], change: Change, now: datetime
) -> Iterable[PoolDay]:
    """The days of the preview, in order: the coming two weeks and the first changes after."""
    by_pk = {pool.pk: pool for pool in pools}
    befores = {(item.pool.pk, item.date): item.before for item in changes}
    plans = DayPlan.objects.filter(pool__in=pools, date__in=_dates_to_show(changes, change, now))
    for plan in plans.order_by("date", "pool__centre__tier_order", "pool__centre", "pool__code"):
        after = as_day(plan)
        before = befores.get((plan.pool_id, plan.date), after)
        yield PoolDay(by_pk[plan.pool_id], plan.date, before, after)


def _dates_to_show(changes: Iterable[PlanChange], change: Change, now: datetime) -> set[date]:
    if change.day:
        return {change.day}
    days = [today(now) + timedelta(days=n) for n in range(SHOWN_DAYS)]
    later = sorted({item.date for item in changes if item.date > days[-1]})
    return {*days, *later[:SHOWN_LATER]}
