"""The rotating code, and the time that counts. Pure.

The code is shown on the leader's phone and changes every half minute; only the present one and the
one before are taken, so that a picture of it sent to somebody at home is of no use a minute later.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

STEP_SECONDS = 30
DIGITS = 6

EARLY = timedelta(minutes=30)
"""So long before the start people can check in."""
LATE = timedelta(minutes=60)
"""So long after the end they can still check out."""
TICKED_WITHIN = timedelta(days=14)
"""So long after a session its list can be settled."""


def step_of(now: datetime) -> int:
    """The number of the half minute, counted from 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(key: bytes, session_id: int, step: int) -> str:
    """Six digits that only the holder of the key can tell for the session and the half minute."""
    message = f"{session_id}.{step}".encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def is_code(key: bytes, session_id: int, typed: str, now: datetime) -> bool:
    """Whether it is the code of this half minute or of the one before."""
    step = step_of(now)
    fitting = [
        hmac.compare_digest(code_at(key, session_id, known).encode(), typed.encode())
        for known in (step, step - 1)
    ]
    return any(fitting)


def seconds_left(now: datetime) -> int:
    """Until the next code."""
    return STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS


def takes_check_in(start: datetime, end: datetime, now: datetime) -> bool:
    """Whether people can come in at this moment."""
    return start - EARLY <= now < end


def takes_check_out(start: datetime, end: datetime, now: datetime) -> bool:
    """Whether people who came can check out at this moment."""
    return start - EARLY <= now < end + LATE


def takes_ticks(start: datetime, end: datetime, now: datetime) -> bool:
    """Whether the organiser can settle who came."""
    return start <= now < end + TICKED_WITHIN


def counted(
    came: datetime, left: datetime, *, start: datetime, end: datetime, tolerance: timedelta
) -> tuple[datetime, datetime] | None:
    """The part of the session that somebody was there for, in whole minutes; None for no minute.

    Coming so little late or leaving so little early counts as the whole, but never more than a
    quarter of the session at either end; time outside the session never counts.
    """
    tolerance = min(tolerance, (end - start) / 4)
    begins = start if came <= start + tolerance else came
    ends = end if left >= end - tolerance else left
    begins, ends = _minute(begins), _minute(ends)
    if left <= start or came >= end or ends <= begins:
        return None
    return begins, ends


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
