"""How long something can be disputed. Pure."""

from datetime import datetime, timedelta

DISPUTED_WITHIN = timedelta(days=30)
"""After the entry was made, or the rejection was decided."""


def is_in_time(moment: datetime, now: datetime) -> bool:
    """Whether what happened at the moment can still be disputed."""
    return now <= moment + DISPUTED_WITHIN
