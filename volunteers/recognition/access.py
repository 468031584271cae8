"""Who sees stars on their way, and who decides on them."""

from datetime import date, timedelta

from django.db.models import Q
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from services.hours.models import CalendarDay, DayKind
from services.ratings.rules import working_day
from volunteers.recognition import rules
from volunteers.recognition.ledger import totals
from volunteers.recognition.models import StarAward, StarAwardQuerySet
from volunteers.teams.models import Membership

SIGHT = timedelta(days=40)
"""Far enough for the notice's working days, also over the longest holidays."""


def volunteers_managed_by(user: User, day: date, *, field: str = "volunteer") -> Q:
    """A filter for rows of volunteers who are, or were, in a team of a centre that `user` manages.

    The town's administrators: everybody. `field` is the path to the volunteer.
    """
    managed = managed_centres(user, day, field="team__centre_id")
    if not managed:
        return Q()
    return Q(**{f"{field}__in": Membership.objects.filter(managed).values("user")})


def awards_managed_by(user: User, day: date) -> StarAwardQuerySet:
    """The stars that the person may decide on."""
    return StarAward.objects.filter(volunteers_managed_by(user, day))


def get_award_to_manage(user: User, pk: int, day: date) -> StarAward:
    """The star, or 404 for whoever does not manage a centre of the volunteer."""
    return get_object_or_404(awards_managed_by(user, day).select_related("volunteer"), pk=pk)


def awards_on_notice() -> StarAwardQuerySet:
    """What everybody may read and object to, the notice that ends first on top."""
    return StarAward.objects.on_notice().select_related("volunteer").order_by("notice_until", "pk")


def get_award_on_notice(pk: int) -> StarAward:
    """A star that is announced, or 404."""
    return get_object_or_404(awards_on_notice(), pk=pk)


def own_awards(user: User) -> StarAwardQuerySet:
    """The person's own stars, the highest first."""
    return StarAward.objects.of(user).order_by("-level")


def minutes_of(award: StarAward) -> int:
    """What the volunteer's ledger comes to now."""
    return totals([award.volunteer_id]).get(award.volunteer_id, 0)


def notice_until(day: date) -> date:
    """The last day of a notice that begins on `day`: working days of the official calendar."""
    special = CalendarDay.objects.filter(date__range=(day, day + SIGHT))
    is_worked = {entry.date: entry.kind == DayKind.MAKEUP_WORKDAY for entry in special}
    return working_day(day, is_worked, count=rules.NOTICE_DAYS)
