"""Which centres a person reads reports of, and what their days add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Value, When

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import MANAGER_ROLES, Role
from lishui_center.common.clock import today
from lishui_center.dashboards.reports.rules import Sums
from services.centres.models import Centre, CentreQuerySet
from services.closing.figures import figures_of
from services.closing.models import DayClose
from services.ratings.models import Rating, RatingQuerySet
from services.ratings.rules import BAD

READERS = MANAGER_ROLES | {Role.AUDITOR}
"""Reports compare the work of colleagues, so a clerk reads none."""

WORDS = 20


@dataclass(frozen=True)
class Asked:
    """The days from `first` to `last`, both included, of these centres."""

    centres: Sequence[Centre]
    first: date
    last: date


@dataclass(frozen=True)
class Report:
    """What the days came to.

    `days` counts centres' days that are closed; `open` the centres of which today is counted as
    far as it has gone.
    """

    sums: Sums
    days: int
    open: int


def centres_reported_to(user: User, today: date) -> CentreQuerySet:
    """The centres with windows that the person manages; an auditor reads of all."""
    centres = Centre.objects.bookable()
    if user.is_auditor(today):
        return centres
    return centres.filter(managed_centres(user, today, field="pk"))


def report_of(asked: Asked, *, now: datetime) -> Report:
    """All the days added up, from their frozen figures.

    One query for any number of days; four more where today is asked for and not closed yet.
    """
    sums, days, unclosed = Sums(), 0, {centre.pk for centre in asked.centres}
    closed = DayClose.objects.filter(centre__in=list(unclosed)).between(asked.first, asked.last)
    rows = closed.order_by().values_list("centre_id", "date", "figures")
    for centre_id, day, figures in rows.iterator():
        sums.add(day, figures)
        days += 1
        if day == today(now):
            unclosed.discard(centre_id)
    if not unclosed or asked.last < today(now):
        return Report(sums, days, 0)
    sums.add(today(now), figures_of(unclosed, today(now)))
    return Report(sums, days, len(unclosed))


def words_of(asked: Asked) -> RatingQuerySet:
    """What people wrote, the dissatisfied first, then the latest."""
    badness = Case(When(score__lte=BAD, then=Value(0)), default=Value(1))
    return (
        Rating.objects.of_days(asked.first, asked.last)
        .filter(ticket__centre__in=asked.centres)
        .exclude(text="")
        .select_related("ticket__pool", "ticket__centre")
        .order_by(badness, "-pk")[:WORDS]
    )
