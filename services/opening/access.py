"""What a manager may change of a centre's opening, and what its page shows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, Q
from django.shortcuts import get_object_or_404

from lishui_center.common.clock import today
from services.centres.models import Centre, Pool, Window
from services.hours.actions import as_day
from services.hours.models import CalendarDay, DayPlan, HoursException, HoursRule
from services.opening.rules import SHOWN_DAYS, PoolDay


@dataclass(frozen=True)
class Sheet:
    """Everything that decides when a centre is open, and what follows for two weeks."""

    rules: list[HoursRule]
    exceptions: list[HoursException]
    pools: list[Pool]
    windows: list[Window]
    days: list[PoolDay]


def sheet_of(centre: Centre, now: datetime) -> Sheet:
    """The centre's opening as its manager sees it."""
    first = today(now)
    rules = HoursRule.objects.filter(centre=centre).select_related("pool")
    exceptions = HoursException.objects.filter(centre=centre, date__gte=first)
    plans = DayPlan.objects.filter(
        pool__centre=centre, date__range=(first, first + timedelta(days=SHOWN_DAYS - 1))
    ).select_related("pool__centre")
    return Sheet(
        rules=list(rules.filter(Q(valid_to=None) | Q(valid_to__gte=first))),
        exceptions=list(exceptions.select_related("pool")),
        pools=list(Pool.objects.filter(centre=centre)),
        windows=list(Window.objects.filter(centre=centre).select_related("pool")),
        days=[
            PoolDay(plan.pool, plan.date, as_day(plan), as_day(plan))
            for plan in plans.order_by("date", "pool__code")
        ],
    )


def get_row_to_change(model: type[Model], centre: Centre, pk: int) -> Any:
    """The centre's row, or 404: managing one centre opens nothing of another."""
    return get_object_or_404(model._base_manager.filter(centre=centre), pk=pk)


def get_calendar_day(pk: int) -> CalendarDay:
    """The day, or 404."""
    return get_object_or_404(CalendarDay, pk=pk)


def calendar_from(first: date) -> list[CalendarDay]:
    """Special days of this year and later."""
    return list(CalendarDay.objects.filter(date__gte=first.replace(month=1, day=1)))
