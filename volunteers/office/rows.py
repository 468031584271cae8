"""Records as the staff's page shows them: why each is there, the exceptions first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lishui_center.accounts.models import User
from volunteers.hours.exceptions import Shown, shown
from volunteers.hours.models import HourEntry, Source


@dataclass(frozen=True)
class Row:
    """A record, what is special about it, and whether the viewer may decide on it."""

    entry: HourEntry
    remarks: list[str]
    may_be_decided: bool


def rows_of(entries: Sequence[HourEntry], *, viewer: User) -> list[Row]:
    """One query, however many there are."""
    return [
        Row(row.entry, [*row.remarks, *_special(row)], row.may_be_decided)
        for row in shown(entries, viewer=viewer)
    ]


def _special(row: Shown) -> Iterable[str]:
    entry = row.entry
    if entry.source == Source.STAFF and not row.is_entered:
        yield _("Entered by a colleague: you are the second person.")
    if entry.team.centre_id is None:
        yield _("A team of the whole town.")
    if entry.basis:
        yield _("Rests on: %(basis)s") % {"basis": entry.basis}
