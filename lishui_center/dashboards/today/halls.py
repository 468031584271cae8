"""The halls at this moment: who waits, which windows stand empty, who stays for the evening."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min

from lishui_center.common.clock import cell_at, today
from services.roster.models import Shift
from services.slots.bands import EVENING
from services.tickets.models import Ticket, TicketState
from services.windows.models import WindowSession


@dataclass
class Hall:
    """One centre's hall: `longest` is the longest wait in minutes, None while nobody waits.

    `empty` are the shifts of now at whose windows nobody sits, `evening` those that go on after
    18:00.
    """

    waiting: int = 0
    longest: int | None = None
    empty: list[Shift] = field(default_factory=list)
    evening: list[Shift] = field(default_factory=list)

    @property
    def urgency(self) -> tuple[int, int, int]:
        """What to look at first is smallest: a long wait, then empty windows, then a queue."""
        return -(self.longest or 0), -len(self.empty), -self.waiting


def halls_now(centre_ids: Collection[int], now: datetime) -> dict[int, Hall]:
    """{centre id: hall}, of centres where there is nothing an empty one: three queries."""
    halls: dict[int, Hall] = defaultdict(Hall)
    for centre_id, waiting, since in _queues(centre_ids, now):
        halls[centre_id].waiting = waiting
        halls[centre_id].longest = int((now - since).total_seconds() // 60)
    shifts = Shift.objects.for_list().filter(centre__in=centre_ids, date=today(now))
    seated = _seated(centre_ids)
    for shift in shifts:
        hall = halls[shift.centre_id]
        if _is_missing(shift, seated, now):
            hall.empty.append(shift)
        if shift.to_cell > EVENING:
            hall.evening.append(shift)
    return halls


def _queues(centre_ids: Collection[int], now: datetime) -> Sequence[tuple[int, int, datetime]]:
    """(centre id, people who wait, since when the first of them): by today's numbers only."""
    waiting = Ticket.objects.filter(
        centre__in=centre_ids, date=today(now), state=TicketState.WAITING
    )
    rows = waiting.order_by().values_list("centre_id")
    return list(rows.annotate(Count("pk"), Min("taken_at")))


def _seated(centre_ids: Collection[int]) -> set[int]:
    """The windows that somebody sits at, during a pause too."""
    running = WindowSession.objects.running().filter(window__centre__in=centre_ids)
    return set(running.order_by().values_list("window_id", flat=True))


def _is_missing(shift: Shift, seated: Collection[int], now: datetime) -> bool:
    """Whether its person should be at a window at this moment and nobody is."""
    if shift.window_id is None or shift.window_id in seated:
        return False
    return cell_at(now) in shift.hours.on_duty
