"""Which lists a person may take away, and whose exports are whose."""

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import roles_of
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.tables import TABLES, Table
from lishui_center.exports.models import Export, ExportQuerySet
from lishui_center.exports.rules import State


def get_table(user: User, name: str, day: date) -> Table:
    """The list, or 404 for anyone whose roles do not open its page."""
    table = TABLES.get(name)
    if table is None or not table.roles & roles_of(user, day):
        raise Http404
    return table


def exports_of(user: User) -> ExportQuerySet:
    """The person's own, latest first."""
    found: ExportQuerySet = Export.objects.filter(owner=user)
    return found


def get_export(user: User, pk: int) -> Export:
    """The person's own export, or 404."""
    return get_object_or_404(exports_of(user), pk=pk)


def get_ready_export(user: User, pk: int, now: datetime) -> Export:
    """An own one whose file is there, or 404; also when the list is open to the person no more."""
    ready = exports_of(user).filter(state=State.DONE, expires_at__gt=now)
    export = get_object_or_404(ready, pk=pk)
    get_table(user, export.table, today(now))
    return export
