"""Adding up what each day decided, so that years of needs are read from a few rows."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from lishui_center.common.clock import ZONE, today
from services.clocks.models import ClockKind
from services.resolution import counting
from services.resolution.models import SUMS, RateDay, RateMonth
from services.resolution.rules import FORMULA, month_after

Key = tuple[date, int, str, str]

RECOUNTED = 35
"""Days that are counted anew each night: people may change their minds for 30."""


def roll_up_lately(*, now: datetime) -> int:
    """Count the last weeks anew; how many rows stand. Safe to run twice."""
    last = today(now)
    return roll_up(first=last - timedelta(days=RECOUNTED), last=last, now=now)


@transaction.atomic
def roll_up(*, first: date, last: date, now: datetime) -> int:
    """Replace the figures of these days by what the rows say now; how many rows stand."""
    table: dict[Key, Counter[str]] = {}
    for name, rows, moment, need in _sources(first, last, now):
        for key, number in _grouped(rows, moment, need):
            table.setdefault(key, Counter())[name] += number
    RateDay.objects.of_days(first, last).filter(formula=FORMULA).delete()
    RateDay.objects.bulk_create(
        RateDay(
            date=day,
            centre_id=centre_id,
            category=category,
            team=team,
            formula=FORMULA,
            **{name: sums[name] for name in SUMS},
        )
        for (day, centre_id, category, team), sums in table.items()
    )
    _roll_up_months(first, last)
    return len(table)


def _roll_up_months(first: date, last: date) -> None:
    """Add up anew the days of each month that these days touch."""
    month = first.replace(day=1)
    while month <= last:
        after = month_after(month)
        days = RateDay.objects.filter(date__gte=month, date__lt=after, formula=FORMULA)
        RateMonth.objects.filter(date=month, formula=FORMULA).delete()
        RateMonth.objects.bulk_create(
            RateMonth(date=month, formula=FORMULA, centre_id=row.pop("centre"), **row)
            for row in days.summed()
        )
        month = after


def _sources(
    first: date, last: date, now: datetime
) -> Iterable[tuple[str, QuerySet[Any], str, str]]:
    """(column, rows with their team, their moment, the path to the need) of all that counts."""
    for kind, part, whole in (
        (ClockKind.FIRST_RESPONSE, "first_in_time", "first_due"),
        (ClockKind.RESOLUTION, "resolved_in_time", "resolution_due"),
    ):
        met = counting.at_work(counting.met_in_time(kind, first, last), "met_at")
        missed = counting.at_work(counting.missed(kind, first, last, now=now), "due_at")
        yield part, met, "met_at", "request"
        yield whole, met, "met_at", "request"
        yield whole, missed, "due_at", "request"
    need = "follower__request"
    yield "answered", counting.done_by(counting.answers(first, last), need), "at", need
    yield "satisfied", counting.done_by(counting.satisfied(first, last), need), "at", need
    yield "unanswered", counting.done_by(counting.silent(first, last), "request"), "at", "request"


def _grouped(rows: QuerySet[Any], moment: str, need: str) -> Iterable[tuple[Key, int]]:
    by = rows.order_by().annotate(day=TruncDate(moment, tzinfo=ZONE))
    keys = ("day", f"{need}__responsible", f"{need}__category", "team")
    counted = by.values_list(*keys).annotate(number=Count("pk"))
    return (
        ((day, centre, category, team), number) for day, centre, category, team, number in counted
    )
