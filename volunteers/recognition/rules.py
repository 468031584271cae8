"""When a star is reached, and how long it is announced before it is awarded. Pure.

Source: domain.md, "Volunteer hours".
"""

from datetime import date

from volunteers.hours.rules import STARS, next_star, stars

LEVELS = range(1, len(STARS) + 1)
NOTICE_DAYS = 5
"""Working days of public notice before a star is awarded."""


def hours_of(level: int) -> int:
    """At how many hours the star of that level is reached."""
    return STARS[level - 1]


def is_reached(level: int, minutes: int) -> bool:
    """Whether so many approved minutes are enough for the star."""
    return stars(minutes) >= level


def notice_is_over(until: date, today: date) -> bool:
    """Whether the last day of the notice has passed."""
    return today > until


def hours_to_next(minutes: int) -> int | None:
    """Whole hours still missing to the next star, a begun one counted; None after the fifth."""
    goal = next_star(minutes)
    return None if goal is None else -((minutes - goal * 60) // 60)
