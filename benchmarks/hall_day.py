"""A day of the halls replayed by separate processes: kiosks give numbers, clerks serve people.

Imported before Django is set up in them, so Django is imported in the functions. Chance decides
what happens to each person, with a seed: the day is the same, its interleaving is not.
"""

import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from services.tickets.models import Ticket
    from services.windows.models import WindowSession

# What a clerk does with somebody who was called, and with somebody who is there: in percent.
CALLED = {"begin": 70, "finish_and_call": 12, "recall": 8, "miss": 8, "undo": 2}
SERVING = {"finish": 42, "finish_and_call": 34, "transfer": 10, "put_on_hold": 8, "undo": 6}
TAP_TWICE, LEAVE, COME_BACK = 0.1, 0.04, 0.5
REST_LOOKS = 5
PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Kiosk:
    """One process that gives so many numbers of these pools; `name` makes its keys its own."""

    url: str
    name: str
    pool_ids: list[int]
    count: int


@dataclass(frozen=True)
class Clerks:
    """One process that serves at these windows until all `expected` numbers are over."""

    url: str
    name: str
    clerk_ids: list[int]
    expected: int


def set_up(url: str) -> None:
    """Django in a process of its own, on the database of the day."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishui_center.settings")
    django.setup()


def give_numbers(kiosk: Kiosk) -> list[int]:
    """The tickets that the kiosk gave, one for each person. Some tap twice, some go home.

    Raises:
        AssertionError: somebody who tapped twice got two numbers.
    """
    set_up(kiosk.url)
    from django.utils import timezone  # noqa: PLC0415

    from services.centres.models import Pool  # noqa: PLC0415
    from services.tickets.actions import Walker, leave_queue, take_number  # noqa: PLC0415
    from services.tickets.errors import TicketOverError  # noqa: PLC0415
    from services.tickets.models import Source  # noqa: PLC0415

    chance = random.Random(kiosk.name)  # noqa: S311 - repeatable on purpose
    pools = list(Pool.objects.select_related("centre").filter(pk__in=kiosk.pool_ids))
    given = []
    for number in range(kiosk.count):
        key = f"{kiosk.name}-{number}"
        walker = Walker(Source.KIOSK, "zh-hans", has_priority=chance.random() < TAP_TWICE, key=key)
        pool = chance.choice(pools)
        ticket = take_number(pool=pool, walker=walker, now=timezone.now())
        if chance.random() < TAP_TWICE:
            again = take_number(pool=pool, walker=walker, now=timezone.now())
            assert again.pk == ticket.pk, key  # noqa: S101 - what the day is for
        given.append(ticket.pk)
        if chance.random() < LEAVE:
            with suppress(TicketOverError):
                leave_queue(ticket_id=chance.choice(given[-9:]), now=timezone.now())
    return given


def serve_day(clerks: Clerks) -> list[tuple[int, int]]:
    """(ticket, its version after it) of every call that these clerks were answered."""
    set_up(clerks.url)
    from lishui_center.accounts.models import User  # noqa: PLC0415
    from services.tickets.models import Ticket  # noqa: PLC0415

    chance = random.Random(clerks.name)  # noqa: S311 - repeatable on purpose
    people = User.objects.in_bulk(clerks.clerk_ids)
    desks = [Desk(people[pk], chance) for pk in clerks.clerk_ids]
    while True:
        looked = [desk.look() for desk in desks]
        if any(looked):
            continue
        is_over = Ticket.objects.count() == clerks.expected and not Ticket.objects.live().exists()
        if is_over:
            return [call for desk in desks for call in desk.calls]
        time.sleep(PAUSE_SECONDS)


@dataclass
class Desk:
    """A clerk at a window, and the calls that were answered to them."""

    clerk: Any
    chance: random.Random
    calls: list[tuple[int, int]] = field(default_factory=list)
    rest: int = 0

    def look(self) -> bool:
        """One step; where nobody was, the next looks are left out, as they cost what steps cost."""
        if self.rest:
            self.rest -= 1
            return False
        has_acted = self.act()
        self.rest = 0 if has_acted else REST_LOOKS
        return has_acted

    def act(self) -> bool:
        """One step at the window; False when there was nobody to do anything for.

        A refusal is an answer too: somebody else was faster.
        """
        from lishui_center.common.errors import RuleError  # noqa: PLC0415
        from services.tickets.models import Ticket, TicketState  # noqa: PLC0415
        from services.windows.access import session_of  # noqa: PLC0415

        session = session_of(self.clerk)
        assert session is not None  # noqa: S101 - everybody sat down before the day
        here = Ticket.objects.at_windows().filter(window=session.window_id).first()
        try:
            if here is None:
                return self.call(session)
            odds = CALLED if here.state == TicketState.CALLED else SERVING
            [name] = self.chance.choices(list(odds), weights=list(odds.values()))
            self.serve(name, here, session)
        except RuleError:
            pass
        return True

    def call(self, session: "WindowSession") -> bool:
        """The next of the queue, else somebody on hold."""
        from django.utils import timezone  # noqa: PLC0415

        from services.console.actions import call_next, call_ticket  # noqa: PLC0415
        from services.console.errors import NobodyWaitsError  # noqa: PLC0415
        from services.tickets.models import Ticket  # noqa: PLC0415

        with suppress(NobodyWaitsError):
            return self.note(call_next(clerk=self.clerk, now=timezone.now()))
        held = Ticket.objects.live().filter(state="held", pool=session.window.pool_id).first()
        if held is None:
            return False
        return self.note(call_ticket(clerk=self.clerk, ticket_id=held.pk, now=timezone.now()))

    def serve(self, name: str, here: "Ticket", session: "WindowSession") -> None:
        """Do this with the person who is here."""
        from django.utils import timezone  # noqa: PLC0415

        from services.console import actions, outcomes  # noqa: PLC0415
        from services.console.access import Seen  # noqa: PLC0415

        if name == "undo":
            outcomes.undo(clerk=self.clerk, now=timezone.now())
            return
        act: Callable[..., Any] = getattr(outcomes, name, None) or getattr(actions, name)
        more = {"pool": self.elsewhere(session)} if name == "transfer" else {}
        seen = Seen(here.pk, here.version)
        done = act(clerk=self.clerk, now=timezone.now(), seen=seen, **more)
        if name == "finish_and_call" and done:
            self.note(done)
        elif name == "miss" and self.chance.random() < COME_BACK:
            outcomes.bring_back(ticket_id=here.pk, actor=self.clerk, now=timezone.now())

    def elsewhere(self, session: "WindowSession") -> Any:
        """Any pool of the hall."""
        from services.centres.models import Pool  # noqa: PLC0415

        return self.chance.choice(list(Pool.objects.filter(centre=session.window.centre_id)))

    def note(self, called: "Ticket") -> bool:
        """Remember whom this clerk was told to expect."""
        self.calls.append((called.pk, called.version))
        return True
