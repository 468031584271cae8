"""What everybody may read of the town's work: numbers without names, and finished projects."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Prefetch

from lishui_center.common.clock import today
from lishui_center.dashboards.results import counting, rules
from lishui_center.dashboards.results.rules import Period, Span
from services.centres.models import Centre
from services.closing.models import DayClose
from services.requests.models import ServiceRequest
from services.resolution.rules import Figure
from volunteers.evidence.models import Evidence, EvidenceKind
from volunteers.hours.models import HourEntry
from volunteers.projects.models import Project, ProjectQuerySet
from volunteers.projects.rules import State
from volunteers.teams.models import Team

KEPT_SECONDS = 300


@dataclass(frozen=True)
class Results:
    """The town's figures as they were at `as_of`."""

    as_of: datetime
    version: int
    periods: dict[Span, Period]
    numbers: dict[Span, dict[str, int]]
    rates: dict[Span, list[Figure]]


@dataclass(frozen=True)
class Place:
    """A centre's row of this year; None is a number of too few people."""

    centre: int
    needs: int | None
    hours: int | None
    evening: int | None


@dataclass(frozen=True)
class Places:
    """All centres as they were at `as_of`."""

    as_of: datetime
    rows: list[Place]


def results(now: datetime) -> Results:
    """The figures, at most five minutes old: no query while they are kept, else 13."""
    key = f"results-{rules.VERSION}-{today(now)}"
    kept: Results | None = cache.get(key)
    if kept is None:
        kept = _count(now)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def places(now: datetime) -> Places:
    """The year by centre, at most five minutes old: no query while it is kept, else seven."""
    key = f"results-places-{rules.VERSION}-{today(now)}"
    kept: Places | None = cache.get(key)
    if kept is None:
        kept = _count_places(now)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def stories() -> ProjectQuerySet:
    """Completed projects, the latest first, each with its `befores`, `afters` and teams."""
    return (
        Project.objects.public()
        .filter(state=State.COMPLETED)
        .for_list()
        .prefetch_related(
            _pictures(EvidenceKind.BEFORE, "befores"), _pictures(EvidenceKind.AFTER, "afters")
        )
        .order_by("-completed_at", "-pk")
    )


def _pictures(kind: EvidenceKind, name: str) -> "Prefetch[str]":
    found = Evidence.objects.public().for_page().filter(kind=kind)
    return Prefetch("evidence", found, to_attr=name)


def _count(now: datetime) -> Results:
    wanted = rules.periods(today(now))
    numbers, found = counting.count_all(wanted), counting.rates(wanted)
    return Results(now, rules.VERSION, wanted, numbers, found)


def _count_places(now: datetime) -> Places:
    year = rules.periods(today(now))[Span.YEAR]
    ids = list(Centre.objects.active().values_list("pk", flat=True))
    evening = _evening(year)
    needs = _needs(year)
    columns = (
        _column(ids, needs, needs),
        _column(ids, _hours(year), _people(year)),
        _column(ids, evening, evening),
    )
    return Places(now, [Place(pk, *(column[pk] for column in columns)) for pk in ids])


def _column(
    ids: list[int], numbers: Mapping[int, int], people: Mapping[int, int]
) -> dict[int, int | None]:
    return rules.shown({pk: numbers.get(pk, 0) for pk in ids}, people)


def _evening(year: Period) -> dict[int, int]:
    days = DayClose.objects.filter(year.holds_day("date")).order_by().values_list("centre")
    return dict(days.annotate(total=counting.numbers_in_the_evening(year)))


def _needs(year: Period) -> dict[int, int]:
    needs = ServiceRequest.objects.order_by().values_list("responsible")
    return dict(needs.annotate(total=counting.needs_resolved(year)))


def _people(year: Period) -> dict[int, int]:
    """{centre: people who served in its teams}."""
    entries = HourEntry.objects.approved().filter(
        year.holds_day("date"), team__centre__isnull=False
    )
    rows = entries.order_by().values_list("team__centre")
    return dict(rows.annotate(total=Count("volunteer", distinct=True)))


def _hours(year: Period) -> dict[int, int]:
    """{centre: hours of its teams}; those of teams of the whole town belong to none."""
    minutes = counting.minutes_by_team(year)
    centres = Team.objects.filter(centre__isnull=False).values_list("pk", "centre")
    total: Counter[int] = Counter()
    for team, centre in centres:
        total[centre] += minutes.get(team, 0)
    return {centre: summed // 60 for centre, summed in total.items()}
