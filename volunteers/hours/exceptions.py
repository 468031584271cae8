"""What a leader should look at before approving: everything else is one tap."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from lishui_center.accounts.models import User
from lishui_center.common.dates import clock
from volunteers.hours.access import is_over_eight_hours, minutes_by_day
from volunteers.hours.models import HourEntry

ALIKE = 3
"""So many records of one person with the same times are a pattern, not a coincidence."""


@dataclass(frozen=True)
class Shown:
    """A record on the leader's page: why it deserves a look, and whether the leader may approve."""

    entry: HourEntry
    remarks: list[str] = field(default_factory=list)
    is_own: bool = False
    is_over: bool = False
    is_entered: bool = False
    """By whoever looks at it, for the volunteer."""

    @property
    def may_be_decided(self) -> bool:
        return not (self.is_own or self.is_entered)

    @property
    def may_be_approved(self) -> bool:
        return self.may_be_decided and not self.is_over


def shown(entries: Sequence[HourEntry], *, viewer: User) -> list[Shown]:
    """The records with their remarks, those with any first: one query, however many there are."""
    days = minutes_by_day(entries)
    # A weekly session has the same times by nature.
    alike = Counter(_pattern(entry) for entry in entries if entry.session_id is None)
    rows = [_shown(entry, viewer, days, alike[_pattern(entry)]) for entry in entries]
    return sorted(rows, key=lambda row: (not row.remarks, row.entry.starts_at, row.entry.pk))


def _shown(entry: HourEntry, viewer: User, days: Counter[tuple[int, date]], alike: int) -> Shown:
    is_own = entry.volunteer_id == viewer.pk
    is_over = is_over_eight_hours(entry, days)
    is_entered = entry.entered_by_id == viewer.pk
    checks = (
        (is_own, _("Your own: somebody else decides.")),
        (is_entered, _("You entered it: somebody else decides.")),
        (is_over, _("More than 8 hours that day: the centre's staff decide.")),
        (bool(entry.answer), _("Answered: %(answer)s") % {"answer": entry.answer}),
        (alike >= ALIKE, _("The same times again and again.")),
    )
    return Shown(entry, [text for is_so, text in checks if is_so], is_own, is_over, is_entered)


def _pattern(entry: HourEntry) -> tuple[int, str, str]:
    return entry.volunteer_id, clock(entry.starts_at), clock(entry.ends_at)
