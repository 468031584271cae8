"""Taking and giving back a person's minutes: the unique key is what makes overlaps impossible."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from lishui_center.accounts.models import User
from volunteers.hours import rules
from volunteers.hours.models import HourEntry, HourMinute

TAKE_SQL = """
    WITH RECURSIVE span(minute) AS (
        SELECT CAST(%s AS bigint) UNION ALL SELECT minute + 1 FROM span WHERE minute < %s
    )
    INSERT INTO volunteers_hourminute (entry_id, volunteer_id, minute)
    SELECT %s, %s, minute FROM span
"""
"""The database counts: two hours are 120 rows, which `bulk_create` needs a third of the time of
a whole record to compose."""


def take(entry: HourEntry) -> None:
    """Take the record's minutes.

    Raises:
        IntegrityError: another record of the person holds one of them.
    """
    keys = rules.minute_keys(entry.starts_at, entry.ends_at)
    pk = HourEntry._meta.pk.get_db_prep_value(entry.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, [keys[0], keys[-1], pk, entry.volunteer_id])


def give_back(entry: HourEntry) -> None:
    """Let the person enter that time again."""
    keys = rules.minute_keys(entry.starts_at, entry.ends_at)
    held = HourMinute.objects.filter(volunteer=entry.volunteer_id, entry=entry)
    held.filter(minute__gte=keys[0], minute__lte=keys[-1]).delete()


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
