"""A pool's day on paper: who is expected, and lines for numbers given without the network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.bookings.models import Booking
from services.centres.models import Pool
from services.tickets.rules import PAPER_NUMBERS, number_text

LINES = PAPER_NUMBERS[1:31]
"""901 to 930: as many as fit on a sheet."""


@dataclass(frozen=True)
class PoolSheet:
    """The bookings of one pool by time, and its paper numbers."""

    pool: Pool
    bookings: list[Booking]
    numbers: list[str]


def sheets_of(pools: Iterable[Pool], day: date) -> list[PoolSheet]:
    """A sheet for each pool; the number of queries does not depend on how many there are."""
    pools = list(pools)
    expected = Booking.objects.active().for_list().filter(pool__in=pools, date=day)
    by_pool: dict[int, list[Booking]] = {}
    for booking in expected.order_by("start_cell", "pk"):
        by_pool.setdefault(booking.pool_id, []).append(booking)
    return [
        PoolSheet(pool, by_pool.get(pool.pk, []), [number_text(pool.code, line) for line in LINES])
        for pool in pools
    ]
