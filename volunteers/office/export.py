"""The ledger of volunteer hours, as a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import OFFICE_ROLES
from lishui_center.common.tables import Asked, Column, Table
from volunteers.hours.models import HourEntryQuerySet
from volunteers.office.ledger import ledger_form, ledger_rows

COLUMNS = (
    Column(_("Volunteer"), lambda entry: entry.volunteer.masked_name),
    Column(_("Team"), lambda entry: entry.team.name),
    Column(pgettext_lazy("time", "From"), lambda entry: entry.starts_at),
    Column(pgettext_lazy("time", "To"), lambda entry: entry.ends_at),
    Column(_("Minutes"), lambda entry: entry.minutes),
    Column(_("Correction"), lambda entry: entry.corrected),
    Column(_("What was done"), lambda entry: entry.note),
    Column(_("State"), lambda entry: entry.get_state_display()),
    Column(_("Entered by"), lambda entry: entry.get_source_display()),
    Column(_("Evidence"), lambda entry: entry.get_evidence_display()),
    Column(_("Rests on"), lambda entry: entry.basis),
    Column(_("Sent"), lambda entry: entry.created_at),
    Column(_("Decided"), lambda entry: entry.decided_at),
    Column(_("Decided by"), lambda entry: entry.decided_by and entry.decided_by.masked_name),
)


def _rows(asked: Asked) -> HourEntryQuerySet:
    form = ledger_form(asked.user, asked.params, asked.day)
    return ledger_rows(asked.user, form, asked.day)


LEDGER = Table("hours", _("Volunteer hours"), OFFICE_ROLES, _rows, lambda _asked: COLUMNS)
