"""The bookings that the desk looks at, as a file."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.masking import mask_name, mask_phone
from lishui_center.common.tables import Asked, Column, Table
from services.bookings.models import BookingQuerySet
from services.centres.access import centres_staffed_by
from services.desk.access import day_list
from services.desk.forms import DayForm

COLUMNS = (
    Column(_("When"), lambda booking: booking.starts_at),
    Column(_("Reference"), lambda booking: booking.reference),
    Column(_("Visitor"), lambda booking: mask_name(booking.name)),
    Column(_("Phone"), lambda booking: mask_phone(booking.phone)),
    Column(_("Service"), lambda booking: booking.services_text),
    Column(_("Centre"), lambda booking: booking.centre.short_name),
    Column(_("Group of windows"), lambda booking: booking.pool.code),
    Column(_("State"), lambda booking: booking.get_status_display()),
    Column(_("60+ or disabled"), lambda booking: _("Yes") if booking.concession else ""),
)


def _rows(asked: Asked) -> BookingQuerySet:
    query = {"day": asked.day.isoformat(), **asked.params}
    form = DayForm(query, centres=centres_staffed_by(asked.user, asked.day))
    return day_list(asked.user, form.wanted(asked.day), asked.day)


BOOKINGS = Table("bookings", _("Bookings"), STAFF_ROLES, _rows, lambda _asked: COLUMNS)
