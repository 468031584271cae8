"""The rows behind the rates: what a day's figures are counted from, and a figure leads to."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lishui_center.common.clock import ZONE
from services.clocks.models import ClockKind, SlaClock
from services.dispatching.models import Dispatch, DispatchState
from services.requests.models import RequestEvent
from services.requests.rules import Act
from services.resolution.models import Feedback
from services.resolution.rules import SATISFIED_FROM

IN_TIME = Q(met_at__isnull=False, met_at__lte=F("due_at"))
# Past due, and neither met nor stopped before that; a clock that stands still is not decided.
LATE = Q(paused_at=None) & (Q(ended_at=None) | Q(ended_at__gt=F("due_at")))


TEAM = "team"


def at_work(clocks: QuerySet[SlaClock], moment: str) -> QuerySet[SlaClock]:
    """The clocks with `team`: the code of the team that had the need at `moment`, or ""."""
    gone = Q(ended_at__lt=OuterRef(moment)) | _sent_back(moment)
    return clocks.annotate(team=_team("request", moment, gone))


def done_by(rows: QuerySet[Any], need: str) -> Any:
    """The answers, or silences, with `team`: whose work they are about; `need` leads to the need.

    Who said "it is done" has it no more by then, but was the last to have it.
    """
    return rows.annotate(team=_team(need, "at", _sent_back("at")))


def _sent_back(moment: str) -> Q:
    return Q(state=DispatchState.RETURNED, ended_at__lte=OuterRef(moment))


def _team(need: str, moment: str, gone: Q) -> Coalesce:
    """The last unit to which it was passed on by then, if that is a team and it is not gone."""
    sent = Dispatch.objects.filter(request=OuterRef(need), sent_at__lte=OuterRef(moment))
    code = Case(When(Q(target_kind=TEAM) & ~gone, then=F("target_code")), default=Value(""))
    last = sent.order_by("-pk").annotate(code=code).values("code")[:1]
    return Coalesce(Subquery(last), Value(""))


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
