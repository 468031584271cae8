"""What a section of a report looks like: a table, and the bars drawn from its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lishui_center.dashboards.reports.rules import ENOUGH, HALF, NINE_IN_TEN, Rate, percentile

NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """A column of numbers; `is_drawn`, as the bars of a chart."""

    label: str
    is_drawn: bool = False


@dataclass(frozen=True)
class Cell:
    """What is written, and what is drawn of it."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class Row:
    """`tick` is the label as short as a chart's axis needs it."""

    label: str
    cells: list[Cell]
    tick: str = ""


@dataclass(frozen=True)
class Table:
    """One section: `about` says how it is counted."""

    name: str
    title: str
    about: str
    head: str
    columns: list[Column]
    rows: list[Row]
    total: Row | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether there is something to see in a chart."""
        drawn = any(column.is_drawn for column in self.columns)
        return drawn and any(cell.value for row in self.rows for cell in row.cells)

    @property
    def lines(self) -> Iterator[tuple[Row, list[tuple[Column, Cell]]]]:
        """Each row, its cells with their columns."""
        return ((row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows)

    @property
    def total_line(self) -> list[tuple[Column, Cell]]:
        """The cells of the last row."""
        return list(zip(self.columns, self.total.cells, strict=True)) if self.total else []


def rate_text(rate: Rate) -> str:
    """'12 of 80 = 15 %', so that everybody sees of what it is a share."""
    if rate.percent is None:
        return NOTHING
    return _("%(part)s of %(whole)s = %(percent)s %%") % {
        "part": rate.part,
        "whole": rate.whole,
        "percent": rate.percent,
    }


def minute_columns() -> list[Column]:
    """The columns of `spread`."""
    return [
        Column(_("People")),
        Column(_("Half, min"), is_drawn=True),
        Column(_("9 in 10, min"), is_drawn=True),
    ]


def spread(minutes: Mapping[int, int]) -> list[Cell]:
    """How many people, and the minutes that half and nine in ten of them do not exceed."""
    people = sum(minutes.values())
    half, most = percentile(minutes, HALF), percentile(minutes, NINE_IN_TEN)
    if not people:
        most_cell = Cell(NOTHING)
    elif people < ENOUGH:
        most_cell = Cell(_("too few"))
    else:
        most_cell = Cell(written(most), most)
    return [count(people), Cell(written(half), half), most_cell]


def use(used: int, planned: int) -> list[Cell]:
    """Open, used, and the share."""
    return [count(planned), count(used), Cell(rate_text(Rate(used, planned)))]


def hour_row(hour: int, cells: list[Cell]) -> Row:
    """09:00; 9 on the axis."""
    return Row(f"{hour:02d}:00", cells, tick=str(hour))


def share_row(label: str, rate: Rate) -> Row:
    """The count, and of how many it is which share."""
    return Row(label, [count(rate.part), Cell(rate_text(rate))])


def count(number: int) -> Cell:
    """A number to draw."""
    return Cell(str(number), number)


def written(number: float | None) -> str:
    """The number, or that there is none."""
    return NOTHING if number is None else f"{number:.1f}".removesuffix(".0")


def signed(minutes: int | None) -> str:
    """With a plus or a minus."""
    return NOTHING if minutes is None else f"{minutes:+d}".replace("-", "−")
