"""Who is in an open hall at this moment: clerks at their windows, people served and waiting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.bookings.models import Booking, Status
from services.centres.models import Pool, Tier, Window
from services.roster.models import Shift
from services.tickets import rules
from services.tickets.models import Source, Ticket, TicketState
from services.tickets.waits import forecast
from services.windows.models import WindowSession

WAITING = {Tier.TOWN: (2, 5), Tier.COMMUNITY: (0, 2)}
TAKEN_AGO = (1.0, 18.0)  # Minutes.
AT_WINDOW_FOR = (1.0, 9.0)


@dataclass(frozen=True)
class Presence:
    """One pool now; its first window is left for whoever looks around."""

    pool: Pool
    windows: Sequence[Window]
    rng: Random
    now: datetime

    def tickets(self) -> list[Ticket]:
        """Those with a booking are first in line, then walk-ins; without numbers yet."""
        sessions = self._seat()
        line = [*self._booked(), *self._walk_ins(len(sessions))]
        for place, ticket in enumerate(line):
            ahead, windows = max(0, place - len(sessions)), len(self.windows)
            wait = forecast([], hour=self.now.hour, ahead=ahead, windows=windows)
            ticket.forecast_p50, ticket.forecast_p90 = wait.p50, wait.p90
        for ticket, session in zip(line, sessions, strict=False):
            since = self.now - timedelta(minutes=self.rng.uniform(*AT_WINDOW_FOR))
            ticket.state, ticket.window_id, ticket.calls = TicketState.SERVING, session.window_id, 1
            ticket.called_at = ticket.started_at = max(since, ticket.taken_at)
        return sorted(line, key=lambda ticket: ticket.taken_at)

    def _seat(self) -> list[WindowSession]:
        """The people on duty by the roster, nobody at two windows."""
        on_duty = Shift.objects.filter(date=today(self.now), window__in=self.windows[1:])
        seated: dict[int, User] = {}
        for shift in on_duty.select_related("staff", "window").order_by("window__number", "pk"):
            is_here = shift.starts_at <= self.now < shift.ends_at
            # The demo's own accounts are for whoever looks around.
            is_extra = shift.staff.email.startswith("staff-")
            if is_here and is_extra and shift.window and shift.staff not in seated.values():
                seated.setdefault(shift.window.pk, shift.staff)
        return WindowSession.objects.bulk_create(
            WindowSession(window_id=window, clerk=clerk, opened_at=self.now - timedelta(hours=1))
            for window, clerk in seated.items()
        )

    def _booked(self) -> Iterator[Ticket]:
        arrived = Booking.objects.filter(
            pool=self.pool, date=today(self.now), status=Status.CHECKED_IN
        )
        for booking in arrived.order_by("start_cell", "pk"):
            taken = booking.starts_at - timedelta(minutes=self.rng.uniform(1, 9))
            ticket = self._ticket(rules.Kind.BOOKED, taken)
            ticket.booking, ticket.language = booking, booking.language
            ticket.sort_at = rules.sort_at(arrival=taken, starts_at=booking.starts_at)
            yield ticket

    def _walk_ins(self, sessions: int) -> Iterator[Ticket]:
        count = self.rng.randint(*WAITING[Tier(self.pool.centre.tier)]) + sessions
        ago = sorted((self.rng.uniform(*TAKEN_AGO) for _ in range(count)), reverse=True)
        for place, minutes in enumerate(ago, start=1):
            taken = self.now - timedelta(seconds=round(minutes * 60))
            # One of those who wait may go first.
            kind = rules.Kind.PRIORITY if place == count and count > sessions else ""
            ticket = self._ticket(rules.Kind(kind), taken)
            ticket.has_priority = kind == rules.Kind.PRIORITY
            ticket.sort_at = rules.sort_at(arrival=taken, has_priority=ticket.has_priority)
            yield ticket

    def _ticket(self, kind: rules.Kind, taken: datetime) -> Ticket:
        return Ticket(
            centre_id=self.pool.centre_id,
            pool=self.pool,
            date=today(taken),
            prefix=f"{kind}{self.pool.code}",
            source=Source.KIOSK,
            taken_at=taken,
            language="zh-hans",
        )
