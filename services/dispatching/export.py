"""The list of needs, as a file: no names, no numbers of people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import OFFICE_ROLES
from lishui_center.common.tables import Asked, Column, Table
from services.dispatching.access import needs_wanted
from services.dispatching.forms import FilterForm
from services.requests.access import centres_to_report_at
from services.requests.models import ServiceRequestQuerySet
from services.requests.personal import hide_personal_data


def _rows(asked: Asked) -> ServiceRequestQuerySet:
    form = FilterForm(dict(asked.params), centres=centres_to_report_at())
    wanted = form.wanted()
    return needs_wanted(asked.user, wanted, today=asked.day, now=asked.now).for_list()


COLUMNS = (
    Column(_("Number of the need"), lambda need: need.reference),
    Column(_("Received"), lambda need: need.created_at),
    Column(_("About"), lambda need: need.get_category_display()),
    Column(_("Where"), lambda need: need.centre.short_name),
    Column(_("In words"), lambda need: hide_personal_data(need.text)),
    Column(_("State"), lambda need: need.get_state_display()),
    Column(_("Responsible"), lambda need: need.responsible.short_name),
    Column(_("Passed on to"), lambda need: need.handler.short_name if need.handler else ""),
    Column(pgettext_lazy("need", "Due"), lambda need: need.deadline),
    Column(_("Sent back"), lambda need: need.returns),
    Column(_("Solved"), lambda need: need.resolved_at),
)

NEEDS = Table("needs", pgettext_lazy("needs", "Needs"), OFFICE_ROLES, _rows, lambda _asked: COLUMNS)
