"""When an offer runs out; pure."""

from datetime import datetime, timedelta

from lishui_center.notifications.rules import QuietHours

SHORTEST_OFFER = timedelta(minutes=15)
"""Less time than this to read and answer is no offer."""


def offer_ends(
    now: datetime, *, minutes: int, latest: datetime, quiet: QuietHours
) -> datetime | None:
    """When an offer made now runs out; None when nobody could answer it in time.

    Nobody is woken, so the time stands still in the quiet hours: an offer made at 23:00 is read
    at 08:00 and counts from there. `latest` is the last moment at which the place can be booked.
    """
    begins = _awake(now, quiet)
    ends = min(_after_waking(begins, timedelta(minutes=minutes), quiet), latest)
    shortest = min(SHORTEST_OFFER, timedelta(minutes=minutes))
    return ends if _after_waking(begins, shortest, quiet) <= ends else None


def minutes_to_answer(now: datetime, ends: datetime, quiet: QuietHours) -> int:
    """The minutes between reading an offer made now and its end."""
    return int((ends - _awake(now, quiet)).total_seconds() // 60)


def _awake(moment: datetime, quiet: QuietHours) -> datetime:
    return quiet.morning_after(moment) if quiet.hold(moment) else moment


def _after_waking(begins: datetime, time_left: timedelta, quiet: QuietHours) -> datetime:
    """The moment when so much time outside the quiet hours has passed."""
    night = quiet.next_begin(begins)
    if begins + time_left <= night or not quiet.hold(night):
        return begins + time_left
    return _after_waking(quiet.morning_after(night), time_left - (night - begins), quiet)
