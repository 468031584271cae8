"""Taking and giving back a person's minutes: the unique key is what makes overlaps impossible."""

from collections.abc import Iterable
from datetime import date

from lishui_center.accounts.models import User
from volunteers.hours import rules
from volunteers.hours.models import HourEntry, HourMinute


def take(entry: HourEntry) -> None:
    """Take the record's minutes.

    Raises:
        IntegrityError: another record of the person holds one of them.
    """
    HourMinute.objects.bulk_create(_rows(entry))


def give_back(entry: HourEntry) -> None:
    """Let the person enter that time again."""
    HourMinute.objects.filter(entry=entry).delete()


def restore(volunteer: User, days: Iterable[date]) -> None:
    """Write the minutes of the person's counting records on these days anew.

    Minutes older than rules.ENTERED_WITHIN are removed every night, so whoever enters service of
    such a day calls this first, in the same transaction: else nothing would guard it.
    """
    span = sorted(days)
    others = HourEntry.objects.of(volunteer).counting().touching(span[0], span[-1])
    HourMinute.objects.bulk_create(
        [row for other in others for row in _rows(other)], ignore_conflicts=True
    )


def _rows(entry: HourEntry) -> list[HourMinute]:
    return [
        HourMinute(entry=entry, volunteer_id=entry.volunteer_id, minute=minute)
        for minute in rules.minute_keys(entry.starts_at, entry.ends_at)
    ]
