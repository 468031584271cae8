"""What the racers ask for."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from lishui_center.common.clock import moment, today

CELL = 40


def tomorrow() -> date:
    """The day of the race: the server reads the real clock."""
    return today(timezone.now()) + timedelta(days=1)


def bodies(offering: Any, count: int) -> list[dict[str, Any]]:
    """So many people who want the same time."""
    return [body(n, offering, CELL) for n in range(count)]


def body(n: int, offering: Any, cell: int) -> dict[str, Any]:
    """The n-th person's request, with its idempotency key."""
    return {
        "key": f"race-{n}",
        "centre": offering.centre.code,
        "items": [offering.item.code],
        "start": moment(tomorrow(), cell).isoformat(),
        "name": "陈小怡",
        "phone": f"139{n:08d}",
        "language": "zh-hans",
    }
