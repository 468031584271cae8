"""The bookings left without a window, as a file."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.masking import mask_name
from lishui_center.common.tables import Asked, Column, Table
from services.bookings.models import BookingQuerySet
from services.orphans.access import orphan_bookings, orphans_of_staff

COLUMNS = (
    Column(_("Reference"), lambda booking: booking.reference),
    Column(_("Visitor"), lambda booking: mask_name(booking.name)),
    Column(_("When"), lambda booking: booking.starts_at),
    Column(_("Centre"), lambda booking: booking.centre.short_name),
    Column(_("Group of windows"), lambda booking: booking.pool.code),
    Column(_("Service"), lambda booking: booking.services_text),
)


def _rows(asked: Asked) -> BookingQuerySet:
    code = asked.params.get("centre", "")
    return orphan_bookings(orphans_of_staff(asked.user, now=asked.now, centre_code=code))


ORPHANS = Table(
    "orphans", _("Bookings without a window"), STAFF_ROLES, _rows, lambda _asked: COLUMNS
)
