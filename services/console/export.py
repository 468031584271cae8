"""A hall's day as a file: the numbers that were given, and the sheet for paper."""

from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.masking import mask_name, mask_phone
from lishui_center.common.tables import Asked, Column, Table
from services.bookings.models import Booking, BookingQuerySet
from services.centres.access import centres_staffed_by
from services.centres.models import Centre
from services.tickets.models import Ticket, TicketQuerySet

TICKET_COLUMNS = (
    Column(pgettext_lazy("queue", "Number"), lambda ticket: ticket.text),
    Column(_("Group of windows"), lambda ticket: ticket.pool.code),
    Column(_("Taken at"), lambda ticket: ticket.taken_at),
    Column(_("Where taken"), lambda ticket: ticket.get_source_display()),
    Column(_("Priority"), lambda ticket: _("Yes") if ticket.has_priority else ""),
    Column(_("Booking"), lambda ticket: ticket.booking.reference if ticket.booking else ""),
    Column(_("State"), lambda ticket: ticket.get_state_display()),
    Column(_("Window"), lambda ticket: ticket.window.number if ticket.window else None),
    Column(pgettext_lazy("ticket", "Called at"), lambda ticket: ticket.called_at),
    Column(pgettext_lazy("ticket", "Ended at"), lambda ticket: ticket.ended_at),
    Column(_("Wait, min"), lambda ticket: ticket.waited_minutes),
)

SHEET_COLUMNS = (
    Column(_("Group of windows"), lambda booking: booking.pool.code),
    Column(_("When"), lambda booking: booking.starts_at),
    Column(_("Reference"), lambda booking: booking.reference),
    Column(_("Visitor"), lambda booking: mask_name(booking.name)),
    Column(_("Phone"), lambda booking: mask_phone(booking.phone)),
    Column(_("Service"), lambda booking: booking.services_text),
)


def _centre(asked: Asked) -> Centre:
    centres = centres_staffed_by(asked.user, asked.day)
    return get_object_or_404(centres, code=asked.params.get("centre", ""))


def _tickets(asked: Asked) -> TicketQuerySet:
    """The numbers of today, or of the day asked for, in the order in which they were taken."""
    try:
        day = parse_date(asked.params.get("day", ""))
    except ValueError:  # the 31st of February
        day = None
    found = Ticket.objects.for_queue().of_day(_centre(asked), day or asked.day)
    return found.order_by("taken_at", "pk")


def _expected(asked: Asked) -> BookingQuerySet:
    """As on the sheet: who is expected today, group by group."""
    found = Booking.objects.active().for_list().filter(centre=_centre(asked), date=asked.day)
    if pool := asked.params.get("pool"):
        found = found.filter(pool__code=pool)
    return found.order_by("pool__code", "start_cell", "pk")


NUMBERS = Table(
    "numbers", _("Numbers of the day"), STAFF_ROLES, _tickets, lambda _asked: TICKET_COLUMNS
)
DAY_SHEET = Table("day-sheet", _("Day sheet"), STAFF_ROLES, _expected, lambda _asked: SHEET_COLUMNS)
