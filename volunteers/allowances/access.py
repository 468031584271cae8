"""On which days somebody may hold more than twelve hours."""

from collections.abc import Iterable
from datetime import date

from lishui_center.accounts.models import User
from volunteers.allowances.models import DayAllowance


def days_allowed(user: User, days: Iterable[date]) -> frozenset[date]:
    """Those of the days for which the limit was lifted: one query."""
    found = DayAllowance.objects.filter(volunteer=user, day__in=list(days))
    return frozenset(found.values_list("day", flat=True))
