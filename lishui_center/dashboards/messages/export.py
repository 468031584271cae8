"""The message log for staff, as a file."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.tables import Asked, Column, Table
from lishui_center.dashboards.messages.access import messages_seen_by
from lishui_center.dashboards.messages.forms import FilterForm
from lishui_center.notifications.models import NotificationQuerySet

COLUMNS = (
    Column(_("Due"), lambda message: message.due_at),
    Column(_("Message"), lambda message: message.title),
    Column(_("Text"), lambda message: message.text),
    Column(_("To"), lambda message: message.masked_address),
    Column(_("State"), lambda message: message.get_state_display()),
    Column(_("Error"), lambda message: message.last_error),
)


def _rows(asked: Asked) -> NotificationQuerySet:
    return FilterForm(asked.params).narrow(messages_seen_by(asked.user, asked.day))


MESSAGES = Table("messages", _("Messages sent"), STAFF_ROLES, _rows, lambda _asked: COLUMNS)
