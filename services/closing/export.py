"""The closed days with their figures, as a file."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.tables import Asked, Column, Table, Value
from services.centres.access import centres_staffed_by
from services.closing.access import days_seen_by
from services.closing.forms import CentreForm
from services.closing.models import DayClose, DayCloseQuerySet
from services.ratings.models import Score


def _figure(*path: str) -> Callable[[DayClose], Value]:
    """The figure at the end of the path."""

    def read(day: DayClose) -> Value:
        found = day.figures
        for step in path:
            found = found[step]
        return found  # type: ignore[no-any-return]  # JSON: a number or None

    return read


COLUMNS = (
    Column(_("Day"), lambda day: day.date),
    Column(_("Centre"), lambda day: day.centre.short_name),
    Column(_("Served"), _figure("tickets", "done")),
    Column(_("Missed the call"), _figure("tickets", "no_show")),
    Column(_("Left"), _figure("tickets", "left")),
    Column(_("From 18:00"), _figure("evening")),
    Column(_("Wait of half, min"), _figure("waits", "p50")),
    Column(_("Wait of nine in ten, min"), _figure("waits", "p90")),
    Column(_("At the window of half, min"), _figure("services", "p50")),
    Column(_("At the window of nine in ten, min"), _figure("services", "p90")),
    Column(_("Bookings kept"), _figure("bookings", "done")),
    Column(_("Bookings missed"), _figure("no_shows")),
    Column(_("Cancelled"), _figure("bookings", "cancelled")),
    *(Column(score.label, _figure("ratings", str(score.value))) for score in Score),
)


def _rows(asked: Asked) -> DayCloseQuerySet:
    form = CentreForm(asked.params, centres=centres_staffed_by(asked.user, asked.day))
    return days_seen_by(asked.user, asked.day).of_centre(form.chosen())


DAYS = Table("days", _("Closed days"), STAFF_ROLES, _rows, lambda _asked: COLUMNS)
