"""Making and remaking day plans from the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from lishui_center.common.clock import today
from services.centres.models import Pool
from services.hours import rules
from services.hours.models import CalendarDay, DayPlan, HoursException, HoursRule
from services.hours.staffing import limits_of

# Plans reach this far beyond the furthest release, so that no request has to make one.
HORIZON_DAYS = 70


@dataclass(frozen=True)
class PlanChange:
    """One pool's day before and after; `before` is None when there was no plan."""

    pool: Pool
    date: date
    before: rules.Day | None
    after: rules.Day


def compute_days(
    pools: Iterable[Pool], first: date, last: date
) -> dict[tuple[int, date], rules.Day]:
    """What each pool's day would be by the rules as stored now: {(pool id, date): Day}.

    With all windows staffed: what the roster leaves of it is `services.hours.staffing`'s.
    """
    pools = list(pools)
    centres = {pool.centre_id for pool in pools}
    hours = list(HoursRule.objects.filter(centre__in=centres))
    exceptions = list(HoursException.objects.filter(centre__in=centres, date__range=(first, last)))
    specials = {day.date: day for day in CalendarDay.objects.filter(date__range=(first, last))}
    return {
        (pool.pk, day): rules.plan_day(
            pool,
            day,
            rules=[rule for rule in hours if rule.centre_id == pool.centre_id],
            exceptions=[
                exception
                for exception in exceptions
                if exception.centre_id == pool.centre_id and exception.date == day
            ],
            special=specials.get(day),
        )
        for pool in pools
        for day in _days(first, last)
    }


@transaction.atomic
def rebuild_plans(pools: Iterable[Pool], first: date, last: date) -> list[PlanChange]:
    """Bring the stored plans from `first` to `last` in line with the rules and the roster.

    Existing rows are locked before the rules are read, so that two rebuilds cannot interleave;
    a plan that differs gets a new version. Claims are not touched: bookings that no longer fit
    are listed by services.orphans.
    """
    pools = list(pools)
    stored = {
        (plan.pool_id, plan.date): plan
        for plan in DayPlan.objects.select_for_update()
        .filter(pool__in=pools, date__range=(first, last))
        .order_by("pk")
    }
    wanted = _staffed_days(pools, first, last)
    by_id = {pool.pk: pool for pool in pools}
    changes: list[PlanChange] = []
    fresh: list[DayPlan] = []
    for (pool_id, day), after in wanted.items():
        plan = stored.get((pool_id, day))
        if plan is None:
            fresh.append(_filled(DayPlan(pool_id=pool_id, date=day), after))
            changes.append(PlanChange(by_id[pool_id], day, None, after))
        elif as_day(plan) != after:
            changes.append(PlanChange(by_id[pool_id], day, as_day(plan), after))
            _filled(plan, after)
            plan.version = F("version") + 1
            plan.save(update_fields=["spans", "closed_reason_zh", "closed_reason_en", "version"])
    # Two processes may make the same missing plan; both would write the same row.
    DayPlan.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    return changes


def extend_plans(*, now: datetime) -> int:
    """Make the plans that the horizon has newly reached; returns how many. Safe to run twice."""
    first = today(now)
    last = first + timedelta(days=HORIZON_DAYS)
    return len(rebuild_plans(Pool.objects.filter(centre__is_active=True), first, last))


def as_day(plan: DayPlan) -> rules.Day:
    """The stored plan as a value to compare."""
    spans = tuple(rules.Span(*span) for span in plan.spans)
    return rules.Day(spans, plan.closed_reason_zh, plan.closed_reason_en)


def _staffed_days(
    pools: Sequence[Pool], first: date, last: date
) -> dict[tuple[int, date], rules.Day]:
    limits = limits_of(pools, first, last)
    return {
        key: rules.limited(day, limits[key]) if key in limits else day
        for key, day in compute_days(pools, first, last).items()
    }


def _filled(plan: DayPlan, day: rules.Day) -> DayPlan:
    plan.spans = [span.as_list() for span in day.spans]
    plan.closed_reason_zh = day.closed_reason_zh
    plan.closed_reason_en = day.closed_reason_en
    return plan


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
