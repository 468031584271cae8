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
from services.resolution.models import SUMS, RateDay
from services.resolution.rules import FORMULA

Key = tuple[date, int, str]

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
        for day, centre_id, category, number in _grouped(rows, moment, need):
            table.setdefault((day, centre_id, category), Counter())[name] += number
    RateDay.objects.of_days(first, last).filter(formula=FORMULA).delete()
    RateDay.objects.bulk_create(
        RateDay(
            date=day,
            centre_id=centre_id,
            category=category,
            formula=FORMULA,
            **{name: sums[name] for name in SUMS},
        )
        for (day, centre_id, category), sums in table.items()
    )
    return len(table)


def _sources(
    first: date, last: date, now: datetime
) -> Iterable[tuple[str, QuerySet[Any], str, str]]:
    """(column, rows, their moment, the path to the need) of everything that is counted."""
    for kind, part, whole in (
        (ClockKind.FIRST_RESPONSE, "first_in_time", "first_due"),
        (ClockKind.RESOLUTION, "resolved_in_time", "resolution_due"),
    ):
        met = counting.met_in_time(kind, first, last)
        yield part, met, "met_at", "request"
        yield whole, met, "met_at", "request"
        yield whole, counting.missed(kind, first, last, now=now), "due_at", "request"
    yield "answered", counting.answers(first, last), "at", "follower__request"
    yield "satisfied", counting.satisfied(first, last), "at", "follower__request"
    yield "unanswered", counting.silent(first, last), "at", "request"


def _grouped(rows: QuerySet[Any], moment: str, need: str) -> Iterable[tuple[date, int, str, int]]:
    by = rows.order_by().annotate(day=TruncDate(moment, tzinfo=ZONE))
    keys = ("day", f"{need}__responsible", f"{need}__category")
    counted = by.values_list(*keys).annotate(number=Count("pk"))
    return ((day, centre, category, number) for day, centre, category, number in counted)
