"""The ledger of learning as a file: names masked, as everywhere by default."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.tables import Asked, Column, Table
from volunteers.training.access import training_seen_by
from volunteers.training.models import TrainingEntry, TrainingEntryQuerySet


def _rows(asked: Asked) -> TrainingEntryQuerySet:
    return training_seen_by(asked.user, asked.day)


def _who(entry: TrainingEntry) -> str:
    return entry.user.masked_name if entry.user else ""


def _how(entry: TrainingEntry) -> str:
    return str(_("Code scanned") if entry.was_scanned else _("Ticked by the organiser"))


COLUMNS = (
    Column(_("Day"), lambda entry: entry.date),
    Column(_("Training course"), lambda entry: entry.session.activity.title),
    Column(_("Centre"), lambda entry: entry.session.activity.centre.short_name),
    Column(_("Person"), _who),
    Column(_("Minutes"), lambda entry: entry.minutes),
    Column(_("Evidence"), _how),
)

TRAINING = Table("training", _("Training ledger"), STAFF_ROLES, _rows, lambda _asked: COLUMNS)
