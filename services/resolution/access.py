"""Whose rates a person sees, and the needs behind a figure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lishui_center.accounts.access import staffed_centres, works_town_wide
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from services.centres.models import Centre
from services.clocks.models import ClockKind
from services.requests.access import needs_seen_by
from services.requests.models import Category, ServiceRequestQuerySet
from services.requests.targets import KINDS, name_of
from services.resolution import counting
from services.resolution.counting import TEAM
from services.resolution.models import RateDay, RateMonth, RateQuerySet
from services.resolution.rules import FORMULA, Figure, Rate, added, figures, whole_months

NO_TEAM = "-"
"""In an address: the needs that no team had."""

Sums = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class RateFilter:
    """A period, and what it is narrowed to."""

    first: date
    last: date
    centre: Centre | None = None
    category: str = ""
    team: str = ""

    @property
    def team_code(self) -> str:
        """As the rows have it: empty for what no team had."""
        return "" if self.team == NO_TEAM else self.team


@dataclass(frozen=True)
class Line:
    """One centre's, category's or team's rates; `key` is its code in the address."""

    name: str
    key: str
    figures: list[Figure]


def rates_seen_by(user: User, wanted: RateFilter, today: date) -> RateQuerySet:
    """The daily figures of the centres that the person works for; auditors see all."""
    return _seen(RateDay.objects.of_days(wanted.first, wanted.last), user, wanted, today)


def sums_seen_by(user: User, wanted: RateFilter, today: date) -> list[dict[str, Any]]:
    """The same added up by centre, category and team, from whole months where there are any.

    At most two queries that read a few thousand rows for each month.
    """
    months = whole_months(wanted.first, wanted.last)
    days = rates_seen_by(user, wanted, today)
    if months is None:
        return days.summed()
    begin, end = months
    rest = days.filter(Q(date__lt=begin) | Q(date__gt=end))
    whole = RateMonth.objects.of_days(begin, end)
    return _seen(whole, user, wanted, today).summed() + rest.summed()


def _seen(found: RateQuerySet, user: User, wanted: RateFilter, today: date) -> RateQuerySet:
    found = found.filter(formula=FORMULA)
    if not (works_town_wide(user, today) or user.has_role(Role.AUDITOR, today)):
        found = found.filter(staffed_centres(user, today))
    if wanted.centre:
        found = found.filter(centre=wanted.centre)
    if wanted.category:
        found = found.filter(category=wanted.category)
    return found.filter(team=wanted.team_code) if wanted.team else found


def by_centre(rows: Sums) -> list[Line]:
    """Each centre's rates, in the order of the network: one query."""
    sums = _summed(rows, "centre")
    centres = Centre.objects.in_bulk(list(sums))
    return [
        Line(centre.short_name, centre.code, figures(sums[pk]))
        for pk, centre in sorted(
            centres.items(), key=lambda pair: (pair[1].tier_order, pair[1].code)
        )
    ]


def by_category(rows: Sums) -> list[Line]:
    """Each category's rates."""
    sums = _summed(rows, "category")
    return [
        Line(str(category.label), category.value, figures(sums[category.value]))
        for category in Category
        if category.value in sums
    ]


def by_team(rows: Sums, names: Mapping[str, str]) -> list[Line]:
    """Each team's rates by its name, and last what no team had; nothing where no team had any."""
    sums = _summed(rows, "team")
    lines = [Line(names.get(code, code), code, figures(sums[code])) for code in sums if code]
    if not lines:
        return []
    lines.sort(key=lambda line: (line.name, line.key))
    rest = [Line(_("No team"), NO_TEAM, figures(sums[""]))] if "" in sums else []
    return lines + rest


def team_names() -> dict[str, str]:
    """{code: name} of the teams that take needs now: one query."""
    known = KINDS.get(TEAM)
    return dict(known.names()) if known else {}


def team_name(code: str) -> str:
    """Any team's name, disbanded or not; the code of an unknown one."""
    return name_of(TEAM, code)


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
        said = _of_team(
            counting.done_by(counting.answers(first, last), "follower__request"), wanted
        )
        content = counting.satisfied(first, last).values("pk")
        if is_part:
            return Q(pk__in=said.filter(pk__in=content).values("follower__request"))
        others = said.exclude(pk__in=content).values("follower__request")
        quiet = _of_team(counting.done_by(counting.silent(first, last), "request"), wanted)
        return Q(pk__in=others) | Q(pk__in=quiet.values("request"))
    kind = ClockKind.FIRST_RESPONSE if rate == Rate.RESPONSE else ClockKind.RESOLUTION
    if is_part:
        clocks = counting.at_work(counting.met_in_time(kind, first, last), "met_at")
    else:
        clocks = counting.at_work(counting.missed(kind, first, last, now=now), "due_at")
    return Q(pk__in=_of_team(clocks, wanted).values("request"))


def _of_team(rows: QuerySet[Any], wanted: RateFilter) -> QuerySet[Any]:
    """Those of the team that is asked for; all, where none is."""
    return rows.filter(team=wanted.team_code) if wanted.team else rows


def _summed(rows: Sums, key: str) -> dict[Any, dict[str, int]]:
    groups: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return {value: added(group) for value, group in groups.items()}
