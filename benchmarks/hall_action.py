"""Calling the next without HTTP: what the action and its transaction take by themselves."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

from benchmarks.hall_day import set_up

CALLS = 300
WARM_UP = 20


def call_directly(url: str, clerk_id: int) -> list[float]:
    """Seconds that each finish-and-call of one clerk took, in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_call, url, clerk_id).result()


def p95_ms(seconds: list[float]) -> float:
    """The time that 95 in 100 do not exceed, in milliseconds."""
    return round(sorted(seconds)[round(0.95 * len(seconds)) - 1] * 1000, 1)


def _call(url: str, clerk_id: int) -> list[float]:
    set_up(url)
    from django.utils import timezone  # noqa: PLC0415

    from lishui_center.accounts.models import User  # noqa: PLC0415
    from services.console.actions import call_next  # noqa: PLC0415
    from services.console.outcomes import finish_and_call  # noqa: PLC0415

    clerk = User.objects.get(pk=clerk_id)
    call_next(clerk=clerk, now=timezone.now())
    took = []
    for _ in range(WARM_UP + CALLS):
        began = time.perf_counter()
        finish_and_call(clerk=clerk, now=timezone.now())
        took.append(time.perf_counter() - began)
    return took[WARM_UP:]
