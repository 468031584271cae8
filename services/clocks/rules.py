"""Working time of a centre, and what it makes of a deadline. Pure.

Every day on which the centre opens is one working day, however long: it has `DAY` ticks, spread
evenly over its open hours. Evenings count, the night and a break at noon do not; a holiday has no
ticks, a make-up workday has. Counting in ticks keeps sums whole: what a pause takes is given back
to the tick.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lishui_center.common.clock import CELL_MINUTES, LAST_DAY, moment, today
from services.requests.rules import Act

DAY = 86_400
WARN_PERCENT = 80
ESCALATE_AFTER = 1
"""Working days after the deadline until the need is supervised."""

FIRST_RESPONSE_DAYS = 5
RESOLUTION_DAYS = 15
SATURDAY = 6
USUAL = ((36, 68),)
"""9:00 to 17:00, for weekdays that nobody has planned yet."""

Spans = Sequence[tuple[int, int]]


class Effect(StrEnum):
    """What a step does to the clocks."""

    MEET = "meet"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"


FIRST_RESPONSE = {
    Act.ACCEPT: Effect.MEET,
    Act.DECLINE: Effect.MEET,
    Act.TRANSFER: Effect.MEET,
    Act.MERGE: Effect.STOP,
    Act.TO_PROJECT: Effect.MEET,
}
RESOLUTION = {
    Act.RESOLVE: Effect.MEET,
    Act.DECLINE: Effect.STOP,
    Act.TRANSFER: Effect.STOP,
    Act.MERGE: Effect.STOP,
    Act.TO_PROJECT: Effect.STOP,
    Act.ASK: Effect.PAUSE,
    Act.ANSWER: Effect.RESUME,
    Act.REOPEN: Effect.RESTART,
}


@dataclass(frozen=True)
class Calendar:
    """A centre's days as open cells: {date: ((first, end), …)}; () is a closed day."""

    days: Mapping[date, Spans]

    def spans(self, day: date) -> Spans:
        """As planned; beyond it, Monday to Friday."""
        planned = self.days.get(day)
        if planned is None:
            return USUAL if day.isoweekday() < SATURDAY else ()
        return planned


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The ticks between two moments; 0 where the end comes first."""
    first = today(start)
    return max(0, _position(calendar, first, end) - _position(calendar, first, start))


def advance(calendar: Calendar, start: datetime, ticks: int) -> datetime:
    """The moment `ticks` of working time after `start`; the start itself for none."""
    day = today(start)
    left = _position(calendar, day, start) + ticks
    while ticks > 0 and day < LAST_DAY:
        if calendar.spans(day):
            if left <= DAY:
                return max(start, _moment_in(calendar.spans(day), day, left))
            left -= DAY
        day += timedelta(days=1)
    return start


def _position(calendar: Calendar, first: date, at: datetime) -> int:
    """The ticks from the beginning of the day `first` until the moment."""
    last, day, ticks = today(at), first, 0
    while day < last:
        ticks += DAY if calendar.spans(day) else 0
        day += timedelta(days=1)
    return ticks + _ticks_in(calendar.spans(last), last, at) if last >= first else 0


def _ticks_in(spans: Spans, day: date, at: datetime) -> int:
    whole = _seconds(spans)
    gone = sum(
        min(max(0.0, (at - moment(day, first)).total_seconds()), _seconds([(first, end)]))
        for first, end in spans
    )
    return int(DAY * gone / whole) if whole else 0


def _moment_in(spans: Spans, day: date, ticks: int) -> datetime:
    """The moment of an open day at which so many of its ticks are over, to the second above."""
    seconds = -(-ticks * _seconds(spans) // DAY)
    for first, end in spans:
        length = _seconds([(first, end)])
        if seconds <= length:
            return moment(day, first) + timedelta(seconds=seconds)
        seconds -= length
    return moment(day, spans[-1][1])


def _seconds(spans: Spans) -> int:
    return sum(end - first for first, end in spans) * CELL_MINUTES * 60
