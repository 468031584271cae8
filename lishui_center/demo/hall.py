"""The halls of the demo: every centre's past days, and at this moment clerks and a queue."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from lishui_center.common.clock import today
from lishui_center.demo.closed_days import DayCloser
from lishui_center.demo.footfall import PoolDay, number
from lishui_center.demo.opinions import Opinions
from lishui_center.demo.places import Network
from lishui_center.demo.presence import Presence
from services.bookings.models import Booking, BookingItem, Status
from services.centres.models import Pool, Window
from services.halls.access import is_open
from services.halls.models import HallPulse, HallSettings
from services.hours.models import DayPlan
from services.tickets.models import Ticket, TicketCounter, TicketItem, TicketState

SEED = 1_210_021
BATCH = 2_000
AT_PRESENT = timedelta(minutes=10)


@dataclass
class HallHistorian:
    """Writes the halls of one run, day after day, so that memory stays small."""

    network: Network
    opinions: Opinions
    now: datetime
    rng: Random = field(
        default_factory=lambda: Random(SEED)  # noqa: S311 - repeatable, and nothing secret
    )

    def __post_init__(self) -> None:
        self.windows: dict[int, list[Window]] = defaultdict(list)
        for window in Window.objects.select_related("pool").order_by("number"):
            self.windows[window.pool_id].append(window)

    def write(self, first: date) -> None:
        """Store every day from `first` to this moment."""
        self._open_halls()
        closer = DayCloser(first, self.now)
        for back in range((today(self.now) - first).days, -1, -1):
            day = today(self.now) - timedelta(days=back)
            tickets = self._day(day)
            self._store(tickets)
            closer.close(day, tickets, self.opinions.by_day)
        self._store_present(tickets)

    def _open_halls(self) -> None:
        centres = [self.network.town, *self.network.communities]
        HallSettings.objects.create(centre=self.network.town, remote_minutes=30)
        HallPulse.objects.bulk_create(HallPulse(centre=centre, version=1) for centre in centres)

    def _day(self, day: date) -> list[Ticket]:
        """All numbers of a day, of all centres."""
        came: dict[int, list[Booking]] = defaultdict(list)
        for booking in Booking.objects.filter(date=day, status=Status.DONE).order_by("pk"):
            came[booking.pool_id].append(booking)
        plans = DayPlan.objects.filter(date=day).select_related("pool__centre").order_by("pool")
        # Whoever is at a window at this moment is made apart: the minutes before are theirs.
        until = self.now - AT_PRESENT
        tickets = []
        for plan in plans:
            its = PoolDay(plan, self.windows[plan.pool_id], came[plan.pool_id]).tickets(self.rng)
            its = [ticket for ticket in its if ticket.ended_at and ticket.ended_at < until]
            number(its, self.rng, Counter())
            tickets += its
        return tickets

    def _store(self, tickets: list[Ticket]) -> None:
        Ticket.objects.bulk_create(tickets, batch_size=BATCH)
        _note_items(tickets)
        self.opinions.write(tickets)

    def _store_present(self, tickets: list[Ticket]) -> None:
        """Where a hall is open: clerks, and people whose numbers follow today's `tickets`."""
        last: dict[int, Counter[str]] = defaultdict(Counter)
        for ticket in tickets:
            last[ticket.pool_id][ticket.prefix] = ticket.number
        present: list[Ticket] = []
        for pool in Pool.objects.select_related("centre").order_by("pk"):
            if is_open(pool.centre, self.now):
                here = Presence(pool, self.windows[pool.pk], self.rng, self.now).tickets()
                number(here, self.rng, last[pool.pk])
                present += here
        Ticket.objects.bulk_create(present, batch_size=BATCH)
        _note_items(present)
        _count(tickets + present, today(self.now))


def _note_items(tickets: Iterable[Ticket]) -> None:
    """What those with a booking came for; done, once the visit is over."""
    by_booking = {ticket.booking_id: ticket for ticket in tickets if ticket.booking_id}
    lines = BookingItem.objects.filter(booking__in=by_booking).order_by("booking", "position")
    TicketItem.objects.bulk_create(
        [
            TicketItem(ticket=ticket, item_id=item_id, outcome=_outcome(ticket))
            for booking_id, item_id in lines.values_list("booking_id", "item_id")
            if (ticket := by_booking[booking_id])
        ],
        batch_size=BATCH,
    )


def _outcome(ticket: Ticket) -> str:
    """Every eighteenth visitor has not brought everything."""
    if ticket.state != TicketState.DONE:
        return ""
    short_of = ticket.number % 18 == 0
    return TicketItem.Outcome.MISSING if short_of else TicketItem.Outcome.RESOLVED


def _count(tickets: Iterable[Ticket], day: date) -> None:
    """The counters go on after today's last numbers."""
    last: dict[tuple[int, str], int] = {}
    for ticket in tickets:
        key = ticket.centre_id, ticket.prefix
        last[key] = max(ticket.number, last.get(key, 0))
    TicketCounter.objects.bulk_create(
        TicketCounter(centre_id=centre_id, date=day, prefix=prefix, last=number)
        for (centre_id, prefix), number in last.items()
    )
