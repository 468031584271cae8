"""Closings at short notice of today and later, and what became of their bookings, as a file."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.tables import Asked, Column, Table, Value
from services.closures.access import closures_of_staff
from services.closures.models import Closure, ClosureQuerySet


def _starts(closure: Closure) -> Value:
    return f"{closure.closes:%H:%M}" if closure.closes else _("All day")


COLUMNS = (
    Column(_("Day"), lambda closure: closure.date),
    Column(_("From"), _starts),
    Column(_("Reason"), lambda closure: closure.reason),
    Column(_("Bookings concerned"), lambda closure: closure.bookings),
    Column(_("Moved"), lambda closure: closure.moved),
    Column(_("Kept with notice"), lambda closure: closure.kept),
    Column(_("Entered"), lambda closure: closure.created_at),
    Column(_("All decided on"), lambda closure: closure.settled_at),
)


def _rows(asked: Asked) -> ClosureQuerySet:
    return closures_of_staff(asked.user, asked.day).of_days_from(asked.now)


CLOSURES = Table("closures", _("Closed centres"), MANAGER_ROLES, _rows, lambda _asked: COLUMNS)
