"""The sections of a report: which figures, how they are counted, in which order."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from lishui_center.common.dates import weekday
from lishui_center.dashboards.reports.rules import HALF, Forecast, Hour, Rate, Sums, percentile
from lishui_center.dashboards.reports.tables import (
    Cell,
    Column,
    Row,
    Table,
    count,
    hour_row,
    minute_columns,
    rate_text,
    share_row,
    signed,
    spread,
    use,
    written,
)
from services.bookings.models import Status
from services.ratings.models import Score


def sections_of(sums: Sums) -> list[Table]:
    """All of them in the order of the page."""
    hours = _span(sums.hours)
    return [
        _waits(sums, hours),
        _services(sums, hours),
        _taken(sums, hours),
        _weekdays(sums),
        _late_use(sums),
        _bookings(sums.bookings),
        _windows(sums.hours, hours),
        _ratings(sums.ratings),
        _forecast(sums.forecast),
    ]


def _waits(sums: Sums, hours: Iterable[int]) -> Table:
    return Table(
        name="waits",
        title=_("Waits by hour"),
        about=_(
            "From taking a number to the call, by the hour the number was taken: "
            "half of all people, and nine in ten, waited no longer than this."
        ),
        head=_("Hour"),
        columns=minute_columns(),
        rows=[hour_row(hour, spread(sums.hours[hour].waits)) for hour in hours],
        total=Row(_("All day"), spread(sums.waits())),
    )


def _services(sums: Sums, hours: Iterable[int]) -> Table:
    return Table(
        name="services",
        title=_("Service times by hour"),
        about=_(
            "At the window, by the hour the visit began: "
            "half of all visits, and nine in ten, took no longer than this."
        ),
        head=_("Hour"),
        columns=minute_columns(),
        rows=[hour_row(hour, spread(sums.hours[hour].services)) for hour in hours],
        total=Row(_("All day"), spread(sums.services())),
    )


def _taken(sums: Sums, hours: Iterable[int]) -> Table:
    return Table(
        name="taken",
        title=_("Numbers taken by hour"),
        about=_("Everybody who took a number, on all days together."),
        head=_("Hour"),
        columns=[Column(_("Numbers taken"), is_drawn=True)],
        rows=[hour_row(hour, [count(sums.hours[hour].taken)]) for hour in hours],
        total=Row(_("All day"), [count(sum(hour.taken for hour in sums.hours.values()))]),
    )


def _weekdays(sums: Sums) -> Table:
    rows = []
    for number in range(1, 8):
        name = weekday(date.fromisocalendar(2026, 1, number))
        days, taken = len(sums.dates.get(number, ())), sums.weekdays[number]
        mean = round(taken / days, 1) if days else None
        cells = [count(taken), Cell(str(days)), Cell(written(mean), mean)]
        rows.append(Row(name, cells, tick=name))
    return Table(
        name="weekdays",
        title=_("Numbers taken by weekday"),
        about=_("The days are those on which at least one of the centres was counted."),
        head=_("Weekday"),
        columns=[
            Column(_("Numbers taken")),
            Column(_("Days counted")),
            Column(_("A day on average"), is_drawn=True),
        ],
        rows=rows,
    )


def _late_use(sums: Sums) -> Table:
    return Table(
        name="late-use",
        title=_("Evenings and weekends"),
        about=_("Numbers taken from 18:00 on, and on Saturdays and Sundays, of all numbers."),
        head=_("When"),
        columns=[Column(_("Numbers taken")), Column(_("Share"))],
        rows=[
            share_row(_("From 18:00"), Rate(sums.evening, sums.taken)),
            share_row(_("At weekends"), Rate(sums.weekend, sums.taken)),
        ],
    )


def _bookings(bookings: Mapping[str, int]) -> Table:
    came = bookings.get(Status.DONE, 0) + bookings.get(Status.CHECKED_IN, 0)
    missed, cancelled = bookings.get(Status.NO_SHOW, 0), bookings.get(Status.CANCELLED, 0)
    unknown = bookings.get(Status.BOOKED, 0)
    made = came + missed + cancelled + unknown
    return Table(
        name="bookings",
        title=_("Bookings"),
        about=_(
            "Missed and come: of those due, that is, neither cancelled nor unknown. "
            "Unknown: the centre noted no arrivals, released the visit from its duty, "
            "or the time is still to come."
        ),
        head=_("Bookings"),
        columns=[Column(_("Count")), Column(_("Share"))],
        rows=[
            share_row(_("Came"), Rate(came, came + missed)),
            share_row(_("Missed"), Rate(missed, came + missed)),
            share_row(_("Cancelled"), Rate(cancelled, made)),
            share_row(_("Unknown"), Rate(unknown, made)),
        ],
    )


def _windows(figures: Mapping[int, Hour], hours: Iterable[int]) -> Table:
    open_ones = sum(hour.planned for hour in figures.values())
    used = sum(hour.used for hour in figures.values())
    return Table(
        name="windows",
        title=_("Windows used and open"),
        about=_(
            "Window hours: one window in one hour of one day. Open by the day's plan; "
            "used when somebody was served there."
        ),
        head=_("Hour"),
        columns=[
            Column(_("Open"), is_drawn=True),
            Column(_("Used"), is_drawn=True),
            Column(_("Share")),
        ],
        rows=[hour_row(hour, use(figures[hour].used, figures[hour].planned)) for hour in hours],
        total=Row(_("All day"), use(used, open_ones)),
    )


def _ratings(ratings: Mapping[int, int]) -> Table:
    given = sum(ratings.values())
    return Table(
        name="ratings",
        title=_("Ratings"),
        about=_("What people said of their visits, by the day of the visit."),
        head=_("Rating"),
        columns=[Column(_("Count")), Column(_("Share"))],
        rows=[share_row(str(score.label), Rate(ratings.get(score, 0), given)) for score in Score],
    )


def _forecast(told: Forecast) -> Table:
    error = percentile(told.errors, HALF)
    off = percentile(_sizes(told.errors), HALF)
    in_time = Rate(told.within, told.people)
    return Table(
        name="forecast",
        title=_("Waits told and waits that came"),
        about=_(
            "Everybody is told two waits with the number: half of all are called by the first, "
            "nine in ten by the second. A minus: called earlier than told."
        ),
        head=_("Forecast"),
        columns=[Column(_("Result"))],
        rows=[
            Row(_("People who were told a wait and called"), [count(told.people)]),
            Row(_("Called by the second time, 9 in 10 expected"), [Cell(rate_text(in_time))]),
            Row(_("Median of the wait beyond the first, min"), [Cell(signed(error))]),
            Row(_("Half of all forecasts were off by no more than, min"), [Cell(written(off))]),
        ],
    )


def _span(hours: Mapping[int, Hour]) -> list[int]:
    """From the first hour with a figure to the last, the empty ones between them too."""
    return list(range(min(hours), max(hours) + 1)) if hours else []


def _sizes(errors: Mapping[int, int]) -> dict[int, int]:
    """How far off, whichever way: {minutes: people}."""
    sizes: dict[int, int] = {}
    for minutes, people in errors.items():
        sizes[abs(minutes)] = sizes.get(abs(minutes), 0) + people
    return sizes
