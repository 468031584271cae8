"""How each figure is counted: a function of its own, and the ledger whose rows it takes.

All figures of one ledger, over all periods, are one query.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Func, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from lishui_center.dashboards.results.rules import Period, Span
from services.closing.models import DayClose
from services.requests.models import RequestEvent, ServiceRequest
from services.requests.rules import SOLVED, Act
from services.resolution.models import SUMS, RateDay
from services.resolution.rules import FORMULA, Figure, figures
from thinktank.observations.models import Observation
from thinktank.recommendations.models import AnswerClass, Recommendation
from volunteers.hours.ledger import approved_minutes
from volunteers.hours.models import HourEntry
from volunteers.projects.models import Project
from volunteers.projects.rules import State
from volunteers.recognition.models import AwardState, StarAward

Counted = Callable[[Period], Func]
WEEKEND = Q(date__week_day__in=(1, 7))  # Sunday and Saturday, as Django numbers them


def bookings_served(period: Period) -> Func:
    """Bookings whose visit was finished."""
    return _frozen("bookings__done", period.holds_day("date"))


def numbers_served(period: Period) -> Func:
    """Numbers, booked or not, that were served at a window."""
    return _frozen("tickets__done", period.holds_day("date"))


def numbers_in_the_evening(period: Period) -> Func:
    """Numbers taken from 18:00 on."""
    return _frozen("evening", period.holds_day("date"))


def numbers_at_weekends(period: Period) -> Func:
    """Numbers served on a Saturday or Sunday."""
    return _frozen("tickets__done", period.holds_day("date") & WEEKEND)


def needs_received(period: Period) -> Func:
    """Needs reported in these days."""
    return Count("pk", filter=period.holds_moment("created_at"))


def needs_resolved(period: Period) -> Func:
    """Needs last said to be done in these days, and not opened again."""
    return Count("pk", filter=period.holds_moment("resolved_at") & Q(state__in=SOLVED))


def needs_confirmed(period: Period) -> Func:
    """Needs that whoever reported them confirmed as solved in these days."""
    said = period.holds_moment("at") & Q(act=Act.CONFIRM)
    return Count("request", filter=said, distinct=True)


def volunteers_active(period: Period) -> Func:
    """People with an approved record of service in these days."""
    return Count("volunteer", filter=period.holds_day("date"), distinct=True)


def projects_completed(period: Period) -> Func:
    """Projects whose result was accepted in these days."""
    done = period.holds_moment("completed_at") & Q(state=State.COMPLETED)
    return Count("pk", filter=done, distinct=True)


def projects_under_way(period: Period) -> Func:
    """Projects that were worked on at some time of these days."""
    lasting = Q(spells__ends_on=None) | Q(spells__ends_on__gte=period.first)
    return Count("pk", filter=lasting & Q(spells__starts_on__lte=period.last), distinct=True)


def stars_awarded(period: Period) -> Func:
    """Stars awarded in these days, and not taken back."""
    return Count("pk", filter=period.holds_day("awarded_on") & Q(state=AwardState.AWARDED))


def observations_published(period: Period) -> Func:
    """Reports of the think tank published in these days, and still public."""
    return Count("pk", filter=period.holds_moment("published_at"))


def recommendations_adopted(period: Period) -> Func:
    """Public recommendations whose answer in these days was that they are adopted."""
    adopted = Q(response__answer_class=AnswerClass.ADOPTED)
    return Count("pk", filter=period.holds_moment("response__at") & adopted)


def recommendations_verified(period: Period) -> Func:
    """Public recommendations that were found in these days to have had their effect."""
    worked = Q(verification__has_effect=True)
    return Count("pk", filter=period.holds_moment("verification__at") & worked)


@dataclass(frozen=True)
class Ledger:
    """Rows, and the figures that are counted from them.

    `within` keeps to the rows from the first day on, where an index leads there.
    """

    rows: Callable[[], QuerySet[Any]]
    counted: tuple[Counted, ...]
    within: Callable[[date, date], Q] | None = None


def _by_day(first: date, last: date) -> Q:
    return Period(first, last).holds_day("date")


LEDGERS = (
    Ledger(
        DayClose.objects.all,
        (bookings_served, numbers_served, numbers_in_the_evening, numbers_at_weekends),
        _by_day,
    ),
    Ledger(ServiceRequest.objects.all, (needs_received, needs_resolved)),
    Ledger(
        RequestEvent.objects.all,
        (needs_confirmed,),
        lambda first, last: Period(first, last).holds_moment("at"),
    ),
    Ledger(HourEntry.objects.approved, (volunteers_active,), _by_day),
    Ledger(Project.objects.public, (projects_completed, projects_under_way)),
    Ledger(StarAward.objects.all, (stars_awarded,)),
    Ledger(Observation.objects.published, (observations_published,)),
    Ledger(Recommendation.objects.public, (recommendations_adopted, recommendations_verified)),
)


def count_all(wanted: Mapping[Span, Period]) -> dict[Span, dict[str, int]]:
    """{span: {name of the function: number}}: a query for each ledger, two a span for hours."""
    found: dict[Span, dict[str, int]] = {span: {} for span in wanted}
    first = min(period.first for period in wanted.values())
    last = max(period.last for period in wanted.values())
    for ledger in LEDGERS:
        rows = ledger.rows().order_by()
        if ledger.within:
            rows = rows.filter(ledger.within(first, last))
        names = _named(ledger.counted, wanted)
        for key, number in rows.aggregate(**names).items():
            name, _dash, span = key.rpartition("__in__")
            found[Span(span)][name] = number or 0
    for span, period in wanted.items():
        found[span]["hours_approved"] = hours_approved(period)
    return found


def hours_approved(period: Period) -> int:
    """Whole hours of approved service that began in these days, as corrected since."""
    return sum(minutes_by_team(period).values()) // 60


def minutes_by_team(period: Period) -> Mapping[int, int]:
    """{team: approved minutes}."""
    return approved_minutes(first=period.first, last=period.last, by="team")


def rates(wanted: Mapping[Span, Period]) -> dict[Span, list[Figure]]:
    """{span: the three rates of needs}, summed from the daily figures: one query."""
    days = RateDay.objects.filter(formula=FORMULA).order_by()
    names = {
        f"{name}__in__{span}": Sum(name, filter=period.holds_day("date"), default=0)
        for span, period in wanted.items()
        for name in SUMS
    }
    sums = days.aggregate(**names)
    return {span: figures({name: sums[f"{name}__in__{span}"] for name in SUMS}) for span in wanted}


def _named(counted: Sequence[Counted], wanted: Mapping[Span, Period]) -> dict[str, Func]:
    return {
        f"{each.__name__}__in__{span}": each(period)
        for each in counted
        for span, period in wanted.items()
    }


def _frozen(path: str, which: Q) -> Func:
    """What closed days kept under `path`; a day from before there was the figure adds nothing."""
    return Sum(Cast(KT(f"figures__{path}"), IntegerField()), filter=which, default=0)
