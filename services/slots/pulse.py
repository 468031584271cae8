"""A heartbeat for each pool: whether anything changed, told to all processes of the machine.

It is the time stamp of an empty file, so asking costs a system call and no query. Lost beats
do no harm: what is kept on the strength of it is kept for a second only.
"""

import os
import time
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction


def beat_on_commit(pool_id: int) -> None:
    """Tell that the pool's places changed, as soon as they really have."""
    transaction.on_commit(partial(_beat, pool_id), robust=True)


def last_beat(pool_id: int) -> int:
    """A number that is another one after every change; 0 before the first."""
    try:
        return _file(pool_id).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _beat(pool_id: int) -> None:
    file = _file(pool_id)
    now = time.time_ns()
    try:
        os.utime(file, ns=(now, now))
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def _file(pool_id: int) -> Path:
    return settings.VAR_DIR / "pulse" / str(pool_id)
