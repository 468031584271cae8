"""The town centre's hall in the demo: two weeks of served numbers, and a queue at this moment."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from lishui_center.demo.places import Network
from services.bookings.models import Booking, Status
from services.centres.models import Centre, Pool, Window
from services.roster.models import Shift
from services.tickets import rules
from services.tickets.access import is_open
from services.tickets.models import (
    HallPulse,
    HallSettings,
    Source,
    Ticket,
    TicketCounter,
    TicketItem,
    TicketState,
)
from services.windows.models import WindowSession

SEED = 1_210_021
HISTORY_DAYS = 14
OPENS, LAST_ARRIVAL = 36, 82
VISITS_PER_POOL = (14, 26)
MINUTES = (9.0, 4.0)
SHORTEST = 2.0
LONGEST_WAIT = 24
PRIORITY = 0.12
WAITING = (2, 5)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


def make_hall(network: Network, *, now: datetime) -> None:
    """Served numbers of the last two weeks; while the hall is open, clerks and people waiting."""
    town, rng = network.town, Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    HallSettings.objects.create(centre=town, remote_minutes=30)
    HallPulse.objects.create(centre=town, version=1)
    pools = list(Pool.objects.filter(centre=town))
    windows = {pool.pk: list(Window.objects.filter(pool=pool)) for pool in pools}
    days = [today(now) - timedelta(days=back) for back in range(HISTORY_DAYS, -1, -1)]
    tickets = [
        ticket
        for day in days
        for pool in pools
        for ticket in _served(town, pool, windows[pool.pk], day, rng, now)
    ]
    if is_open(town, now):
        for pool in pools:
            clerks = _seat(town, windows[pool.pk], now)
            tickets += _present(town, pool, clerks, tickets, rng, now)
    Ticket.objects.bulk_create(tickets, batch_size=500)
    _note_items(tickets)
    _count(town, tickets, today(now))


def _served(
    town: Centre, pool: Pool, windows: list[Window], day: date, rng: Random, now: datetime
) -> Iterator[Ticket]:
    """A day's walk-ins of the pool whose visit is over by now, in the order of their numbers."""
    span = (LAST_ARRIVAL - OPENS) * 15
    arrivals = sorted(rng.uniform(0, span) for _ in range(rng.randint(*VISITS_PER_POOL)))
    counts = dict.fromkeys(("", "P"), 0)
    for minutes, window in zip(arrivals, cycle(windows), strict=False):
        taken = moment(day, OPENS) + timedelta(seconds=round(minutes * 60))
        called = taken + timedelta(seconds=round(rng.uniform(0, LONGEST_WAIT) * 60))
        ended = called + timedelta(seconds=round(max(SHORTEST, rng.gauss(*MINUTES)) * 60))
        kind = "P" if rng.random() < PRIORITY else ""
        if ended >= now:
            return
        counts[kind] += 1
        ticket = _ticket(town, pool, kind, counts[kind], taken, rng)
        ticket.state, ticket.window, ticket.calls = TicketState.DONE, window, 1
        ticket.called_at = ticket.started_at = called
        ticket.ended_at = ended
        ticket.forecast_p50, ticket.forecast_p90 = LONGEST_WAIT // 2, LONGEST_WAIT
        yield ticket


def _seat(town: Centre, windows: list[Window], now: datetime) -> list[WindowSession]:
    """The people on duty at all windows of the pool but one, which is left for whoever looks."""
    on_duty = Shift.objects.filter(centre=town, date=today(now), window__in=windows[1:])
    seated: dict[int, User] = {}
    for shift in on_duty.select_related("staff", "window").order_by("window__number", "pk"):
        is_here = shift.starts_at <= now < shift.ends_at and shift.staff.email.startswith("staff-")
        if is_here and shift.window and shift.staff not in seated.values():
            seated.setdefault(shift.window.pk, shift.staff)
    return WindowSession.objects.bulk_create(
        WindowSession(window_id=window, clerk=clerk, opened_at=now - timedelta(hours=1))
        for window, clerk in seated.items()
    )


def _present(
    town: Centre,
    pool: Pool,
    clerks: list[WindowSession],
    past: list[Ticket],
    rng: Random,
    now: datetime,
) -> Iterator[Ticket]:
    """Who is at a window, and who waits: people with a booking first, then walk-ins."""
    arrived = Booking.objects.filter(pool=pool, date=today(now), status=Status.CHECKED_IN)
    bookings = iter(arrived.order_by("start_cell", "pk"))
    free = iter(clerks)
    numbers = _Numbers(past, pool, today(now))
    for booking in bookings:
        taken = booking.starts_at - rules.BOOKED_AHEAD
        ticket = _ticket(town, pool, "R", numbers.next("R"), taken, rng)
        ticket.booking = booking
        ticket.sort_at = rules.sort_at(arrival=taken, starts_at=booking.starts_at)
        yield _called(ticket, next(free, None), now)
    ago = sorted(rng.uniform(1, 18) for _ in range(rng.randint(*WAITING) + len(clerks)))
    for minutes in reversed(ago):
        taken = now - timedelta(seconds=round(minutes * 60))
        ticket = _ticket(town, pool, "", numbers.next(""), taken, rng)
        yield _called(ticket, next(free, None), now)


class _Numbers:
    """Goes on after the numbers that the day's served visitors had."""

    def __init__(self, past: list[Ticket], pool: Pool, day: date) -> None:
        self.pool = pool
        self.last: dict[str, int] = {}
        for ticket in past:
            if ticket.date == day:
                self.last[ticket.prefix] = max(ticket.number, self.last.get(ticket.prefix, 0))

    def next(self, kind: str) -> int:
        """The next number with this prefix."""
        prefix = f"{kind}{self.pool.code}"
        self.last[prefix] = rules.next_number(self.last.get(prefix, 0))
        return self.last[prefix]


def _ticket(
    town: Centre, pool: Pool, kind: str, number: int, taken: datetime, rng: Random
) -> Ticket:
    return Ticket(
        centre=town,
        pool=pool,
        date=today(taken),
        prefix=f"{kind}{pool.code}",
        number=number,
        has_priority=kind == "P",
        source=Source.KIOSK,
        sort_at=rules.sort_at(arrival=taken, has_priority=kind == "P"),
        taken_at=taken,
        secret="".join(rng.choices(LETTERS, k=24)),
        language="zh-hans",
    )


def _called(ticket: Ticket, session: WindowSession | None, now: datetime) -> Ticket:
    """At the window, when there is one free; else the ticket waits."""
    if session:
        ticket.state, ticket.window_id, ticket.calls = TicketState.SERVING, session.window_id, 1
        ticket.called_at = ticket.started_at = now - timedelta(minutes=4)
    return ticket


def _note_items(tickets: list[Ticket]) -> None:
    """What those with a booking came for."""
    with_booking = {ticket.booking_id: ticket for ticket in tickets if ticket.booking_id}
    bookings = Booking.objects.filter(pk__in=with_booking).prefetch_related("items")
    TicketItem.objects.bulk_create(
        TicketItem(ticket=with_booking[booking.pk], item_id=line.item_id)
        for booking in bookings
        for line in booking.items.all()
    )


def _count(town: Centre, tickets: list[Ticket], day: date) -> None:
    """The counters go on after today's last numbers."""
    last: dict[str, int] = {}
    for ticket in tickets:
        if ticket.date == day:
            last[ticket.prefix] = max(ticket.number, last.get(ticket.prefix, 0))
    TicketCounter.objects.bulk_create(
        TicketCounter(centre=town, date=day, prefix=prefix, last=number)
        for prefix, number in last.items()
    )
