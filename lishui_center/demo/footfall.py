"""Who comes to a hall in one day: walk-ins by the hour, and the people who had booked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from lishui_center.common.clock import moment
from lishui_center.demo.demand import MONDAY, PEAK_CELLS
from lishui_center.demo.queueing import Queue, Visit
from services.bookings.models import Booking
from services.centres.models import Tier, Window
from services.hours.models import DayPlan
from services.tickets import rules
from services.tickets.models import Source, Ticket

WALK_INS = {Tier.TOWN: 0.7, Tier.COMMUNITY: 0.35}
"""A window's walk-ins in a quarter of an hour at a peak."""

OFF_PEAK = 0.5
BUSIER = {MONDAY: 1.25, 6: 0.85, 7: 0.75}
LIKE_OTHER_DAYS = (0.85, 1.15)
MINUTES, SPREAD, SHORTEST, LONGEST = 2.45, 0.45, 3.0, 50.0  # Of a log-normal: about 13 minutes.
PATIENCE = (15.0, 150.0)
PRIORITY = 0.12
MISSES = 0.08
COMES_BACK = 0.3
FROM_DESK = 0.15
IN_ENGLISH = 0.03
EARLY, LATE, IS_LATE = (2, 14), (1, 9), 0.08
GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class PoolDay:
    """One pool on one day: when it is open, its windows, and the bookings whose people came."""

    plan: DayPlan
    windows: Sequence[Window]
    came: Sequence[Booking]

    def tickets(self, rng: Random) -> list[Ticket]:
        """All numbers of the day with what became of them, in the order they were taken."""
        found: list[Ticket] = []
        for first, end, _online, lanes in self.plan.spans:
            # Half the windows call numbers; the others have paperwork, pauses and visitors by name.
            windows = self.windows[: (lanes + 1) // 2]
            walk_ins = list(self._walk_ins(first, end, len(windows), rng))
            booked = (booking for booking in self.came if first <= booking.start_cell < end)
            visits = walk_ins + [self._booked(booking, first, rng) for booking in booked]
            visits.sort(key=lambda visit: visit.ticket.taken_at)
            queue = Queue(windows, moment(self.plan.date, first))
            queue.pass_by(visits, closes=moment(self.plan.date, end))
            found += [visit.ticket for visit in visits]
        return found

    def _walk_ins(self, first: int, end: int, windows: int, rng: Random) -> Iterator[Visit]:
        """Nobody comes in the last quarter of an hour; the door says why."""
        rush = BUSIER.get(self.plan.date.isoweekday(), 1.0) * rng.uniform(*LIKE_OTHER_DAYS)
        rate = WALK_INS[Tier(self.plan.pool.centre.tier)] * windows * rush
        opens = moment(self.plan.date, first)
        for cell in range(first, end - 1):
            expected = rate * (1 if cell in PEAK_CELLS else OFF_PEAK) * rng.uniform(0.2, 1.8)
            for _ in range(int(expected + rng.random())):
                seconds = (cell - first) * 900 + rng.randrange(900)
                yield self._walk_in(opens + timedelta(seconds=seconds), rng)

    def _walk_in(self, arrival: datetime, rng: Random) -> Visit:
        has_priority = rng.random() < PRIORITY
        ticket = self._ticket(rules.kind_of(is_booked=False, has_priority=has_priority), arrival)
        ticket.has_priority = has_priority
        ticket.source = Source.DESK if rng.random() < FROM_DESK else Source.KIOSK
        ticket.language = "en" if rng.random() < IN_ENGLISH else "zh-hans"
        ticket.sort_at = rules.sort_at(arrival=arrival, has_priority=has_priority)
        return Visit(
            ticket,
            _lasts(rng),
            patience=timedelta(minutes=rng.uniform(*PATIENCE)),
            misses=rng.random() < MISSES,
            comes_back=rng.random() < COMES_BACK,
        )

    def _booked(self, booking: Booking, first: int, rng: Random) -> Visit:
        is_late = rng.random() < IS_LATE
        minutes = rng.uniform(*LATE) if is_late else -rng.uniform(*EARLY)
        arrival = booking.starts_at + timedelta(seconds=round(minutes * 60))
        arrival = max(arrival, moment(self.plan.date, first))
        ticket = self._ticket(rules.Kind.BOOKED, arrival)
        ticket.booking, ticket.language, ticket.source = booking, booking.language, Source.KIOSK
        ticket.phone_sealed, ticket.phone_hash = booking.phone_sealed, booking.phone_hash
        ticket.sort_at = rules.sort_at(
            arrival=arrival,
            starts_at=booking.starts_at,
            grace=GRACE,
            has_priority=booking.concession,
        )
        return Visit(ticket, _lasts(rng))

    def _ticket(self, kind: rules.Kind, taken: datetime) -> Ticket:
        pool = self.plan.pool
        return Ticket(
            centre_id=pool.centre_id,
            pool=pool,
            date=self.plan.date,
            prefix=f"{kind}{pool.code}",
            taken_at=taken,
        )


def number(tickets: Iterable[Ticket], rng: Random, last: Counter[str]) -> None:
    """Give each its number and its secret, going on after `last`: {prefix: number}."""
    for ticket in tickets:
        last[ticket.prefix] = ticket.number = rules.next_number(last[ticket.prefix])
        ticket.secret = f"{rng.getrandbits(96):024x}"


def _lasts(rng: Random) -> timedelta:
    minutes = rng.lognormvariate(MINUTES, SPREAD)
    return timedelta(seconds=round(min(LONGEST, max(SHORTEST, minutes)) * 60))
