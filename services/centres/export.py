"""The centres that a person manages, as a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.tables import Asked, Column, Table
from services.centres.access import centres_managed_by
from services.centres.models import CentreQuerySet

COLUMNS = (
    Column(pgettext_lazy("centre", "Code"), lambda centre: centre.code),
    Column(_("Name"), lambda centre: centre.name),
    Column(_("Short name"), lambda centre: centre.short_name),
    Column(_("Kind of centre"), lambda centre: centre.get_tier_display()),
    Column(_("Address"), lambda centre: centre.address),
    Column(_("Telephone"), lambda centre: centre.phone),
)


def _rows(asked: Asked) -> CentreQuerySet:
    return centres_managed_by(asked.user, asked.day)


CENTRES = Table("centres", _("Centres"), MANAGER_ROLES, _rows, lambda _asked: COLUMNS)
