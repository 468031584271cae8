"""What a call board shows: the newest calls, who waits where, until when the hall is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from lishui_center.common.clock import today
from lishui_center.common.masking import mask_name
from services.centres.models import Centre, Pool
from services.halls.access import hall_settings, hall_state
from services.halls.models import HallSettings
from services.hours.access import DoorSign, sign_of
from services.tickets.models import Ticket

LAST_CALLS = 6


@dataclass(frozen=True)
class Call:
    """A number called to a window; `key` is another one with every call of it."""

    ticket: Ticket
    name: str

    @property
    def key(self) -> str:
        return f"{self.ticket.pk}-{self.ticket.calls}"


@dataclass(frozen=True)
class Board:
    """One board at one moment."""

    centre: Centre
    settings: HallSettings
    state: str
    calls: list[Call]
    waiting: list[tuple[Pool, int]]
    sign: DoorSign | None
    now: datetime

    @property
    def newest(self) -> Call | None:
        return self.calls[0] if self.calls else None


def board_of(centre: Centre, letters: Sequence[str], *, now: datetime) -> Board:
    """The board of these pools, or of all: six queries, however long the day was."""
    pools = Pool.objects.filter(centre=centre)
    shown = list(pools.filter(code__in=letters) if letters else pools)
    settings = hall_settings(centre)
    called = (
        Ticket.objects.at_windows()
        .for_queue()
        .filter(centre=centre, pool__in=shown, date=today(now))
        .order_by("-called_at", "-pk")
    )
    counts = dict(
        Ticket.objects.waiting_in(centre).order_by().values_list("pool").annotate(Count("pk"))
    )
    return Board(
        centre=centre,
        settings=settings,
        state=hall_state(centre.pk, now),
        calls=[Call(ticket, _name(ticket, settings)) for ticket in called[:LAST_CALLS]],
        waiting=[(pool, counts.get(pool.pk, 0)) for pool in shown],
        sign=sign_of(centre, now=now),
        now=now,
    )


def _name(ticket: Ticket, settings: HallSettings) -> str:
    """Masked, where the centre shows names at all."""
    if settings.board_names != HallSettings.Names.MASKED or ticket.booking is None:
        return ""
    return mask_name(ticket.booking.name)
