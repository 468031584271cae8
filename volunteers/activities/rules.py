"""What an activity's times may be. Pure.

Source: domain.md, "Volunteer hours"; what is not there is our own choice.
"""

from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)
"""One session is no longer than one person's day of service may be."""
MOST_PLACES = 500
MOST_COPIES = 12
"""So many weeks ahead are made at once."""
WEEK = timedelta(days=7)


def shifted(moment: datetime, weeks: int) -> datetime:
    """The same wall time so many weeks later: China has no summer time."""
    return moment + WEEK * weeks


def are_in_order(start: datetime, end: datetime, closes: datetime) -> bool:
    """Whether the session ends after it starts, and the sign-up closes before it ends."""
    return start < end and closes <= end
