"""Which closings a member of staff may look at."""

from datetime import date

from lishui_center.accounts.models import User
from services.centres.access import centres_managed_by
from services.closures.models import Closure, ClosureQuerySet


def closures_of_staff(user: User, today: date) -> ClosureQuerySet:
    """The closings of any centre the person manages."""
    return Closure.objects.filter(centres__in=centres_managed_by(user, today)).distinct()
