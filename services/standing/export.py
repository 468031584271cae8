"""Suspensions and appeals, as a file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.masking import mask_name
from lishui_center.common.tables import Asked, Column, Table
from services.standing.access import suspensions_seen_by
from services.standing.models import Suspension, SuspensionQuerySet


def _rows(asked: Asked) -> SuspensionQuerySet:
    return suspensions_seen_by(asked.user, asked.day)


def _columns(asked: Asked) -> tuple[Column, ...]:
    return (
        Column(_("Missed visit"), lambda pause: pause.cause and pause.cause.reference),
        Column(_("Visitor"), lambda pause: pause.cause and mask_name(pause.cause.name)),
        Column(_("Centre"), lambda pause: pause.centre.short_name),
        Column(_("From"), lambda pause: pause.starts_at),
        Column(_("Until"), lambda pause: pause.ends_at),
        Column(_("State"), lambda pause: _state(pause, asked)),
        Column(_("Appeal"), lambda pause: pause.get_appeal_display()),
        Column(_("Appealed"), lambda pause: pause.appealed_at),
        Column(_("Decided"), lambda pause: pause.decided_at),
    )


def _state(pause: Suspension, asked: Asked) -> str:
    if pause.lifted_at:
        return _("Lifted")
    return _("In force") if pause.ends_at > asked.now else _("Over")


SUSPENSIONS = Table(
    "suspensions", gettext_lazy("Suspensions and appeals"), STAFF_ROLES, _rows, _columns
)
