"""Telling managers of the gaps of the coming week."""

from collections import defaultdict
from datetime import datetime

from lishui_center.common.clock import today
from services.roster.access import centres_with_roster, managers_of
from services.roster.messages import alarm
from services.roster.staffed import DayGap, gaps_ahead


def raise_gap_alarms(*, now: datetime) -> int:
    """Tell each centre's managers of the gaps ahead; how many centres have some.

    Only of centres that keep a roster. Safe to run twice: a day's alarm has one key.
    """
    by_centre: dict[int, list[DayGap]] = defaultdict(list)
    for gap in gaps_ahead(list(centres_with_roster()), now=now):
        by_centre[gap.centre.pk].append(gap)
    for gaps in by_centre.values():
        centre = gaps[0].centre
        alarm(centre, gaps, managers_of(centre.pk, today(now)), now)
    return len(by_centre)
