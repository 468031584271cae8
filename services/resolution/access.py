"""Whose rates a person sees, and the needs behind a figure."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Sum

from lishui_center.accounts.access import staffed_centres, works_town_wide
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from services.centres.models import Centre
from services.clocks.models import ClockKind
from services.requests.access import needs_seen_by
from services.requests.models import Category, ServiceRequestQuerySet
from services.resolution import counting
from services.resolution.models import SUMS, RateDay, RateDayQuerySet
from services.resolution.rules import FORMULA, Figure, Rate, figures


@dataclass(frozen=True)
class RateFilter:
    """A period, and what it is narrowed to."""

    first: date
    last: date
    centre: Centre | None = None
    category: str = ""


@dataclass(frozen=True)
class Line:
    """One centre's or category's rates; `key` is its code in the address."""

    name: str
    key: str
    figures: list[Figure]


def rates_seen_by(user: User, wanted: RateFilter, today: date) -> RateDayQuerySet:
    """The daily figures of the centres that the person works for; auditors see all."""
    found = RateDay.objects.of_days(wanted.first, wanted.last).filter(formula=FORMULA)
    if not (works_town_wide(user, today) or user.has_role(Role.AUDITOR, today)):
        found = found.filter(staffed_centres(user, today))
    if wanted.centre:
        found = found.filter(centre=wanted.centre)
    return found.filter(category=wanted.category) if wanted.category else found


def by_centre(found: RateDayQuerySet) -> list[Line]:
    """Each centre's rates, in the order of the network: two queries."""
    sums = _summed(found, "centre")
    centres = Centre.objects.in_bulk(list(sums))
    return [
        Line(centre.short_name, centre.code, figures(sums[pk]))
        for pk, centre in sorted(
            centres.items(), key=lambda pair: (pair[1].tier_order, pair[1].code)
        )
    ]


def by_category(found: RateDayQuerySet) -> list[Line]:
    """Each category's rates: one query."""
    sums = _summed(found, "category")
    return [
        Line(str(category.label), category.value, figures(sums[category.value]))
        for category in Category
        if category.value in sums
    ]


def needs_behind(
    user: User, rate: Rate, wanted: RateFilter, *, is_part: bool, today: date, now: datetime
) -> ServiceRequestQuerySet:
    """The needs that a figure counts: of the part, or of what is missing from the whole."""
    found = needs_seen_by(user, today)
    if wanted.centre:
        found = found.filter(responsible=wanted.centre)
    if wanted.category:
        found = found.filter(category=wanted.category)
    return found.filter(_counted(rate, wanted, is_part=is_part, now=now))


def _counted(rate: Rate, wanted: RateFilter, *, is_part: bool, now: datetime) -> Q:
    first, last = wanted.first, wanted.last
    if rate == Rate.SATISFACTION:
        content = counting.satisfied(first, last)
        if is_part:
            return Q(pk__in=content.values("follower__request"))
        others = counting.answers(first, last).exclude(pk__in=content.values("pk"))
        quiet = counting.silent(first, last)
        return Q(pk__in=others.values("follower__request")) | Q(pk__in=quiet.values("request"))
    kind = ClockKind.FIRST_RESPONSE if rate == Rate.RESPONSE else ClockKind.RESOLUTION
    clocks = (
        counting.met_in_time(kind, first, last)
        if is_part
        else counting.missed(kind, first, last, now=now)
    )
    return Q(pk__in=clocks.values("request"))


def _summed(found: RateDayQuerySet, field: str) -> dict[object, dict[str, int]]:
    rows = found.order_by().values(field).annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
    return {row[field]: {name: row[f"sum_{name}"] for name in SUMS} for row in rows}
