"""The catalogue of services, as a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.tables import Asked, Column, Table, Value
from services.catalogue.access import catalogue_for_staff
from services.catalogue.models import ServiceItem, ServiceItemQuerySet


def _state(item: ServiceItem) -> Value:
    if not item.is_active:
        return str(_("Out of use"))
    return str(_("Can be booked") if item.online else _("Walk-in only"))


COLUMNS = (
    Column(pgettext_lazy("service", "Code"), lambda item: item.code),
    Column(_("Name"), lambda item: item.name),
    Column(_("Short name"), lambda item: item.short_name),
    Column(_("Category"), lambda item: item.get_category_display()),
    Column(_("Audience"), lambda item: item.get_audience_display()),
    Column(_("Minutes"), lambda item: item.minutes),
    Column(_("State"), _state),
)


def _rows(asked: Asked) -> ServiceItemQuerySet:
    return catalogue_for_staff(asked.params.get("q", ""))


ITEMS = Table("items", _("Services"), MANAGER_ROLES, _rows, lambda _asked: COLUMNS)
