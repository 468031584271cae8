"""Which days are over, which of them are still to be closed, and who sees the closed ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from lishui_center.common.clock import CELLS_PER_DAY, moment, today
from services.centres.access import centres_staffed_by
from services.centres.models import Centre
from services.closing import rules
from services.closing.models import DayClose, DayCloseQuerySet
from services.hours.access import openings
from services.tickets.models import Ticket

REACH = timedelta(days=3)
"""A worker that was away over a weekend finds the days it missed."""


@dataclass(frozen=True)
class DueDay:
    """A day that is over and still has to be closed."""

    centre: Centre
    date: date


def closing_time(centre_id: int, day: date, *, now: datetime) -> datetime:
    """The last closing of the day; its midnight when the centre was not open. One query."""
    days = openings([centre_id], day, day, now=now).get(centre_id, [])
    closes = days[0].closes if days else None
    return closes or moment(day, CELLS_PER_DAY)


def due_days(now: datetime) -> Iterator[DueDay]:
    """The days of the last few that are over and not closed, each half an hour after its closing.

    Staff may take somebody later still, or on a day without opening: such numbers are over once
    the date is.
    """
    last, first = today(now), today(now) - REACH
    centres = {centre.pk: centre for centre in Centre.objects.bookable()}
    closed = set(_closed(first, last))
    left = set(Ticket.objects.live().filter(date__gte=first).values_list("centre_id", "date"))
    for centre_id, days in openings(centres, first, last, now=now).items():
        for day in days:
            key = centre_id, day.date
            is_open_still = bool(day.spans) and key not in closed
            is_left_over = key in left and day.date < last
            closes = day.closes or moment(day.date, CELLS_PER_DAY)
            if (is_open_still or is_left_over) and closes + rules.CLOSED_AFTER <= now:
                yield DueDay(centres[centre_id], day.date)


def unclosed_yesterday(user: User, now: datetime) -> list[Centre]:
    """The person's centres that were open yesterday and whose day is not closed yet."""
    day = today(now) - timedelta(days=1)
    centres = {centre.pk: centre for centre in centres_staffed_by(user, today(now))}
    closed = {centre_id for centre_id, _day in _closed(day, day)}
    days = openings(centres, day, day, now=now)
    return [
        centre
        for pk, centre in centres.items()
        if pk not in closed and any(planned.spans for planned in days.get(pk, []))
    ]


def days_seen_by(user: User, today: date) -> DayCloseQuerySet:
    """The closed days of the centres where the person works."""
    return DayClose.objects.for_list().filter(staffed_centres(user, today))


def _closed(first: date, last: date) -> Iterator[tuple[int, date]]:
    days = DayClose.objects.filter(date__range=(first, last))
    return days.order_by().values_list("centre_id", "date").iterator()
