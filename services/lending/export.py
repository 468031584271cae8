"""Resources and their uses, as files."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import OFFICE_ROLES, STAFF_ROLES
from lishui_center.common.masking import mask_name
from lishui_center.common.tables import Asked, Column, Table
from services.lending.access import uses_on_list
from services.lending.finding import find_resources
from services.lending.forms import UsesForm
from services.lending.models import UseQuerySet
from services.resources.models import ResourceQuerySet

RESOURCE_COLUMNS = (
    Column(pgettext_lazy("resource", "Code"), lambda resource: resource.code),
    Column(_("Kind of resource"), lambda resource: resource.get_kind_display()),
    Column(_("Name"), lambda resource: resource.name),
    Column(_("Centre"), lambda resource: resource.place),
    Column(_("Seats, pieces or people"), lambda resource: resource.capacity),
    Column(_("State"), lambda resource: resource.get_state_display()),
    Column(_("Staff agree to each use"), lambda row: _("Yes") if row.needs_approval else _("No")),
    Column(
        _("Residents may ask for it"), lambda row: _("Yes") if row.open_to_residents else _("No")
    ),
    Column(_("Rules of use"), lambda resource: resource.terms),
)

USE_COLUMNS = (
    Column(_("Use number"), lambda use: use.reference),
    Column(_("Resource"), lambda use: use.resource.name),
    Column(_("Centre"), lambda use: use.resource.place),
    Column(_("From"), lambda use: use.starts_at),
    Column(_("Until"), lambda use: use.ends_at),
    Column(_("Pieces"), lambda use: use.units),
    Column(_("People"), lambda use: use.people),
    Column(_("For"), lambda use: use.get_for_kind_display()),
    Column(_("Its number"), lambda use: use.for_code),
    Column(_("What it is for"), lambda use: use.purpose),
    Column(_("Name"), lambda use: mask_name(use.name)),
    Column(_("State"), lambda use: use.get_state_display()),
    Column(_("Note"), lambda use: use.note),
)


def _resources(asked: Asked) -> ResourceQuerySet:
    return find_resources(asked.params, now=asked.now).resources


def _uses(asked: Asked) -> UseQuerySet:
    return uses_on_list(asked.user, UsesForm(asked.params).wanted(), asked.now)


RESOURCES = Table(
    "resources", _("Resources"), OFFICE_ROLES, _resources, lambda _asked: RESOURCE_COLUMNS
)
USES = Table("uses", _("Uses"), STAFF_ROLES, _uses, lambda _asked: USE_COLUMNS)
