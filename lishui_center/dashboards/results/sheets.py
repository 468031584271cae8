"""The figures as pages show them: in groups, and centres in the order asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from lishui_center.common.clock import today
from lishui_center.dashboards.results.access import Place, Places, Results
from lishui_center.dashboards.results.figures import GROUPS, RATES, Group, Kind
from lishui_center.dashboards.results.rules import Span
from services.centres.models import Centre
from services.resolution.rules import Figure

COLUMNS = ("centre", "needs", "hours", "evening")
NO_COLUMN = "centre"
WHOLE = 100


@dataclass(frozen=True)
class Shown:
    """A figure of both periods."""

    kind: Kind
    year: int
    lately: int


@dataclass(frozen=True)
class Share:
    """A rate of both periods."""

    label: str
    year: Figure
    lately: Figure


@dataclass(frozen=True)
class Section:
    """A group with its figures."""

    group: Group
    figures: list[Shown]
    shares: list[Share]


@dataclass(frozen=True)
class Row:
    """A centre's line; `percent` is its part of the greatest number in the sorted column."""

    centre: Centre
    place: Place
    percent: int


def sections(found: Results) -> list[Section]:
    """All figures, group by group; the rates belong to the needs."""
    year, lately = found.numbers[Span.YEAR], found.numbers[Span.MONTH]
    return [
        Section(
            group,
            [Shown(kind, year[kind.name], lately[kind.name]) for kind in group.kinds],
            _shares(found) if group.name == "needs" else [],
        )
        for group in GROUPS
    ]


def headlines(shown: Sequence[Section]) -> list[Shown]:
    """What stands in large figures above the groups."""
    return [figure for part in shown for figure in part.figures if figure.kind.is_headline]


def rows(found: Places, order: str) -> list[Row]:
    """The centres, the greatest number first; in the network's order without a column. One query.

    A number that is not shown stands last, so that its place tells nothing.
    """
    centres = Centre.objects.in_bulk([place.centre for place in found.rows])
    listed = [place for place in found.rows if place.centre in centres]
    if order in COLUMNS and order != NO_COLUMN:
        # Stable, so that equal numbers keep the network's order.
        listed.sort(key=lambda place: _number(place, order), reverse=True)
        top = max((_number(place, order) for place in listed), default=0)
    else:
        order, top = NO_COLUMN, 0
    return [
        Row(
            centres[place.centre],
            place,
            max(0, _number(place, order)) * WHOLE // top if top > 0 else 0,
        )
        for place in listed
    ]


def year_of(found: Results | Places) -> int:
    """The year that the figures are of."""
    return today(found.as_of).year


def _number(place: Place, order: str) -> int:
    number = getattr(place, order)
    return -1 if number is None else int(number)


def _shares(found: Results) -> list[Share]:
    pairs = zip(found.rates[Span.YEAR], found.rates[Span.MONTH], strict=True)
    return [Share(str(RATES[year.rate]), year, lately) for year, lately in pairs]
