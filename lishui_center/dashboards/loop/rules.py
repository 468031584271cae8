"""How long a thing may wait at a joint of the loop before it counts as stopped. Pure."""

from datetime import datetime, timedelta

from services.clocks.rules import Calendar

TRIAGE_DAYS = 2
"""Working days until a new need is read."""

ACCEPT_WITHIN = timedelta(days=2)
QUIET_DAYS = timedelta(days=30)
"""Without an approved hour an active project stands still; without advice a report does."""

FAR_BACK = 60


def working_days_before(calendar: Calendar, now: datetime, number: int) -> datetime:
    """The same time of day so many open days ago: closed days do not count."""
    at, left = now, number
    for _day in range(FAR_BACK):
        if not left:
            break
        at -= timedelta(days=1)
        left -= bool(calendar.spans(at.date()))
    return at
