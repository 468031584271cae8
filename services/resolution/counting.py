"""The rows behind the rates: what a day's figures are counted from, and a figure leads to."""

from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet

from lishui_center.common.clock import ZONE
from services.clocks.models import ClockKind, SlaClock
from services.requests.models import RequestEvent
from services.requests.rules import Act
from services.resolution.models import Feedback
from services.resolution.rules import SATISFIED_FROM

IN_TIME = Q(met_at__isnull=False, met_at__lte=F("due_at"))
# Past due, and neither met nor stopped before that; a clock that stands still is not decided.
LATE = Q(paused_at=None) & (Q(ended_at=None) | Q(ended_at__gt=F("due_at")))


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first day's midnight until the one after the last day, local time."""
    after = last + timedelta(days=1)
    return datetime.combine(first, time(), ZONE), datetime.combine(after, time(), ZONE)


def met_in_time(kind: ClockKind, first: date, last: date) -> QuerySet[SlaClock]:
    """Deadlines that were met in these days, in time."""
    begin, end = moments(first, last)
    met = SlaClock.objects.filter(kind=kind, met_at__gte=begin, met_at__lt=end)
    return met.filter(IN_TIME)


def missed(kind: ClockKind, first: date, last: date, *, now: datetime) -> QuerySet[SlaClock]:
    """Deadlines that passed in these days without being met."""
    begin, end = moments(first, last)
    due = SlaClock.objects.filter(kind=kind, due_at__gte=begin, due_at__lt=min(end, now))
    return due.filter(LATE)


def answers(first: date, last: date) -> QuerySet[Feedback]:
    """What people said in these days."""
    begin, end = moments(first, last)
    return Feedback.objects.filter(at__gte=begin, at__lt=end)


def satisfied(first: date, last: date) -> QuerySet[Feedback]:
    """Of these, who said that it is solved and was satisfied."""
    return answers(first, last).filter(solved=True, satisfaction__gte=SATISFIED_FROM)


def silent(first: date, last: date) -> QuerySet[RequestEvent]:
    """Needs closed in these days because nobody answered."""
    begin, end = moments(first, last)
    return RequestEvent.objects.filter(act=Act.LAPSE, at__gte=begin, at__lt=end)
