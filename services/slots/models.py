"""Claims: who takes which place, and what is left.

The unique constraint on a place is the only guard against overbooking.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, models
from django.db.models import CheckConstraint, Count, Q, UniqueConstraint

from lishui_center.common.clock import as_utc
from services.centres.models import Pool
from services.hours.models import DayPlan
from services.hours.rules import lane_table
from services.slots import rules


@dataclass(frozen=True)
class DaySlots:
    """One day of a pool, as a resident sees it: `opens` and `closes` are cells."""

    date: date
    opens: int | None
    closes: int | None
    closed_reason: str
    starts: list[rules.Start]

    @property
    def free(self) -> int:
        """Places in all: what the day strip shows."""
        return sum(start.free for start in self.starts)


@dataclass(frozen=True)
class Taken:
    """A lane of a cell that somebody has; `expires_at` is set on holds."""

    pk: int
    cell: int
    lane: int
    expires_at: datetime | None


@dataclass(frozen=True)
class Places:
    """A day's bookable lanes, {cell: lanes}, and the claims in the cells asked for."""

    lanes: dict[int, int]
    taken: list[Taken]


PLACES_SQL = """
    SELECT plan.spans, claim.id, claim.cell, claim.lane, claim.expires_at
    FROM services_dayplan plan
    LEFT JOIN services_claim claim
      ON claim.pool_id = plan.pool_id AND claim.date = plan.date
      AND claim.cell BETWEEN %s AND %s
    WHERE plan.pool_id = %s AND plan.date = %s
"""
FINGERPRINT_SQL = """
    SELECT count(*), coalesce(sum(claim.id), 0),
      (SELECT coalesce(sum(plan.version), 0) FROM services_dayplan plan
       WHERE plan.pool_id = %s AND plan.date BETWEEN %s AND %s)
    FROM services_claim claim
    WHERE claim.pool_id = %s AND claim.date BETWEEN %s AND %s
      AND (claim.expires_at IS NULL OR claim.expires_at > %s)
"""


class ClaimQuerySet(models.QuerySet["Claim"]):
    def in_cells(self, pool_id: int, day: date, first: int, cells: int) -> "ClaimQuerySet":
        return self.filter(pool_id=pool_id, date=day, cell__gte=first, cell__lt=first + cells)

    def live(self, now: datetime) -> "ClaimQuerySet":
        """Claims that take a place: a hold past its time does not."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now))

    def places(self, pool_id: int, day: date, cells: Collection[int]) -> Places:
        """The day's lanes and who is in these cells: one query for both, as every booking asks.

        By hand, because composing it through the ORM takes longer than the database.
        """
        with connection.cursor() as cursor:
            cursor.execute(PLACES_SQL, [min(cells), max(cells), pool_id, day])
            rows = cursor.fetchall()
        taken = [Taken(pk, cell, lane, as_utc(until)) for _, pk, cell, lane, until in rows if pk]
        return Places(lane_table(json.loads(rows[0][0])) if rows else {}, taken)

    def fingerprint(self, pool_id: int, first: date, last: date, now: datetime) -> tuple[int, ...]:
        """Numbers that differ when a place or plan of these days does: one query.

        Rows come with rising ids and only ever leave, so count and sum tell sets apart. SQL
        by hand, because composing this through the ORM costs more than running it.
        """
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(now)
            cursor.execute(FINGERPRINT_SQL, [pool_id, first, last, pool_id, first, last, moment])
            return tuple(int(number) for number in cursor.fetchone())

    def taken(
        self, pool_id: int, first: date, last: date, now: datetime
    ) -> dict[date, dict[int, int]]:
        """Places taken: {date: {cell: lanes}}."""
        counts: dict[date, dict[int, int]] = defaultdict(dict)
        rows = (
            self.live(now)
            .filter(pool_id=pool_id, date__range=(first, last))
            .values_list("date", "cell")
            .annotate(lanes=Count("pk"))
            .order_by()
        )
        for day, cell, lanes in rows:
            counts[day][cell] = lanes
        return counts

    def days(
        self,
        *,
        pool_id: int,
        first: date,
        last: date,
        cells: int,
        terms: rules.ReleaseTerms,
        now: datetime,
    ) -> Iterator[DaySlots]:
        """What can be booked from `first` to `last` for a visit of so many cells: two queries."""
        taken = self.taken(pool_id, first, last, now)
        released = rules.last_released(terms, now)
        for plan in DayPlan.objects.for_days(pool_id, first, last):
            lanes = lane_table(plan.spans) if plan.date <= released else {}
            yield DaySlots(
                date=plan.date,
                opens=plan.spans[0][0] if plan.spans else None,
                closes=plan.spans[-1][1] if plan.spans else None,
                closed_reason=plan.closed_reason,
                starts=rules.starts(
                    lanes,
                    taken.get(plan.date, {}),
                    cells=cells,
                    earliest=rules.first_bookable_cell(terms, plan.date, now),
                ),
            )


class Claim(models.Model):
    """One lane of one cell, taken by a booking or held for ten minutes.

    The unique constraint is the only guard against overbooking, on every database. Claims
    of past days are removed, so what is read to show a day never grows.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    cell = models.PositiveSmallIntegerField()
    lane = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(
        "services.Booking", models.CASCADE, null=True, blank=True, related_name="claims"
    )
    hold = models.CharField(max_length=32, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hold"], condition=~Q(hold=""), name="claim_held")]
        constraints = [
            UniqueConstraint(fields=["pool", "date", "cell", "lane"], name="claim_place_once"),
            CheckConstraint(
                condition=Q(booking__isnull=False, hold="", expires_at=None)
                | (Q(booking=None, expires_at__isnull=False) & ~Q(hold="")),
                name="claim_booked_or_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.date} cell {self.cell} lane {self.lane}"
