"""The audit trail, as a file; taking it away is itself recorded."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import TRAIL_READERS
from lishui_center.accounts.trail.forms import TrailForm
from lishui_center.audit.models import Event, EventQuerySet
from lishui_center.common.tables import Asked, Column, Table

COLUMNS = (
    Column(_("Time"), lambda event: event.at),
    Column(_("Position in the chain"), lambda event: event.position),
    Column(_("Action"), lambda event: event.action),
    Column(_("Allowed"), lambda event: _("Yes") if event.ok else _("No")),
    Column(_("Person's number"), lambda event: event.actor_label),
    Column(_("Person"), lambda event: event.actor and event.actor.masked_name),
    Column(_("Network address"), lambda event: event.address),
    Column(_("Target"), lambda event: event.target_type),
    Column(_("Target's number"), lambda event: event.target_id),
    Column(_("Centre's number"), lambda event: event.centre_id),
    Column(_("Details"), lambda event: "; ".join(event.details())),
)


def _rows(asked: Asked) -> EventQuerySet:
    return Event.objects.matching(TrailForm(asked.params).wanted()).for_list()


TRAIL = Table("trail", _("Audit trail"), TRAIL_READERS, _rows, lambda _asked: COLUMNS)
