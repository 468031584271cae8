"""A centre as a subject: its closed days and its ratings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.centres.models import Centre
from services.closing.models import DayClose
from services.closing.rules import percentile
from services.ratings.models import Rating
from thinktank.subjects.evidence import Cell, EvidenceTable, Period, both
from thinktank.subjects.registry import Kind, Subject

VERSION = "centre-1"


def draw(code: str, period: Period) -> list[EvidenceTable]:
    """What the centre's closed days came to, week by week, and how its visits were rated."""
    closed = DayClose.objects.filter(centre__code=code).order_by("date")
    weeks: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for day, figures in closed.between(period.first, period.last).values_list("date", "figures"):
        weeks[day - timedelta(days=day.weekday())].append(figures)
    rated = Rating.objects.filter(ticket__centre__code=code).of_days(period.first, period.last)
    return [
        EvidenceTable(
            title=both(_("Closed days, by week")),
            source="services.closing.DayClose",
            columns=[
                both(text)
                for text in (
                    pgettext_lazy("evidence", "Week from"),
                    pgettext_lazy("evidence", "Days"),
                    _("Served"),
                    _("Missed the call"),
                    _("Left"),
                    _("From 18:00"),
                    _("Wait of half, min"),
                    _("Wait of nine in ten, min"),
                )
            ],
            rows=[_week(monday, figures) for monday, figures in sorted(weeks.items())],
        ),
        EvidenceTable(
            title=both(_("Ratings of the visits of these days")),
            source="services.ratings.Rating",
            columns=[both(_("Rating")), both(pgettext_lazy("evidence", "Number"))],
            rows=[[both(score.label), number] for score, number in rated.by_score().items()],
        ),
    ]


def _week(monday: date, days: list[dict[str, Any]]) -> list[Cell]:
    tickets = [figures["tickets"] for figures in days]
    waits = list(_waits(days))
    return [
        monday.isoformat(),
        len(days),
        *(sum(each[state] for each in tickets) for state in ("done", "no_show", "left")),
        sum(figures["evening"] for figures in days),
        percentile(waits, 0.5),
        percentile(waits, 0.9),
    ]


def _waits(days: Iterable[dict[str, Any]]) -> Iterator[float]:
    """Every wait in minutes; days closed before there was a histogram lack it."""
    minutes: Counter[str] = Counter()
    for figures in days:
        for hour in figures.get("hours", {}).values():
            minutes.update(hour["waits"])
    for minute, times in minutes.items():
        yield from [float(minute)] * times


def _subject(centre: Centre) -> Subject:
    return Subject("centre", centre.code, centre.name_zh, centre.name_en)


def _find(code: str) -> Subject | None:
    centre = Centre.objects.active().filter(code=code).first()
    return _subject(centre) if centre else None


CENTRES = Kind(
    name="centre",
    label=_("Centre"),
    version=VERSION,
    every=lambda: [_subject(centre) for centre in Centre.objects.active()],
    find=_find,
    draw=draw,
)
