"""`manage.py demo --live`: a busy hall, played into the running system by the real actions.

The people are invented and the clock is the real one. While the doors are shut, the front desk
gives the numbers, as staff really may: nothing pretends that it is another time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.bookings.models import Booking, Status
from services.centres.models import Centre, Pool, Window
from services.console.actions import begin, call_next, miss, recall
from services.console.outcomes import bring_back, finish, transfer
from services.console.sitting import close_window, open_window
from services.halls.access import is_open
from services.ratings.actions import Opinion, rate_visit
from services.ratings.models import Score, Tag
from services.tickets.actions import Walker, check_in_visit, leave_queue, take_number
from services.tickets.models import LIVE, Source, Ticket, TicketState
from services.windows.models import WindowSession

T = TypeVar("T")

TICK = 15.0
"""Seconds of the hall's time between two looks at it."""

VISIT_SECONDS = 700.0
CROWD = 1.15  # A little more than the windows can take.
BOOKED, PRIORITY = 0.25, 0.12
COMES, IS_DEAF = 0.6, 0.08
SENT_ON, RATED, BACK, GOES = 0.06, 0.4, 0.3, 0.01
STARTS_WITHIN = timedelta(minutes=30)
VERY_SATISFIED = 0.98


@dataclass
class Play:
    """One evening: who was brought in and which windows were opened, to leave as it was found."""

    centre: Centre
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    say: Callable[[str], object]
    speed: float = 10.0
    rng: Random = field(default_factory=Random)

    def __post_init__(self) -> None:
        self.pools = list(Pool.objects.filter(centre=self.centre).select_related("centre"))
        self.extras = list(
            User.objects.filter(
                shifts__centre=self.centre, is_demo=True, email__startswith="staff-"
            )
            .distinct()
            .order_by("pk")
        )
        self.opened: list[User] = []
        self.brought: set[int] = set()

    def run(self, minutes: float | None = None) -> None:
        """Play for so long, or until Ctrl-C; either way everybody leaves at the end."""
        until = self.clock() + timedelta(minutes=minutes) if minutes else None
        try:
            self.open_windows()
            while until is None or self.clock() < until:
                self.tick()
                self.sleep(TICK / self.speed)
        except KeyboardInterrupt:
            self.say("Stopped.")
        finally:
            self.leave()

    def open_windows(self) -> None:
        """Sit down at every free window but the first of each group: that one is yours."""
        taken = WindowSession.objects.running()
        busy = set(taken.values_list("clerk_id", flat=True))
        free = iter(person for person in self.extras if person.pk not in busy)
        for pool in self.pools:
            windows = Window.objects.filter(pool=pool).order_by("number")[1:]
            for window in windows:
                is_taken = taken.filter(window=window).exists()
                clerk = None if is_taken else next(free, None)
                if clerk and self._try(open_window, window=window, clerk=clerk, now=self.clock()):
                    self.opened.append(clerk)
                    self.say(f"{clerk.display_name} opens window {window.number}.")

    def tick(self) -> None:
        """What happens in the hall within a quarter of a minute."""
        sessions = list(self._sessions())
        if self.rng.random() < len(sessions) * TICK / VISIT_SECONDS * CROWD:
            self._arrive()
        for session in sessions:
            here = Ticket.objects.filter(window=session.window_id, state__in=LIVE).first()
            if here is None:
                self._call(session)
            elif here.state == TicketState.CALLED:
                self._wait_for(here, session.clerk)
            elif self.rng.random() < TICK / VISIT_SECONDS:
                self._end(here, session.clerk)
        self._think_again()

    def leave(self) -> None:
        """Those who were brought in go home, and the windows that were opened close."""
        mine = Ticket.objects.filter(pk__in=self.brought)
        for ticket in mine.filter(state__in=[TicketState.WAITING, TicketState.HELD]):
            self._try(leave_queue, ticket_id=ticket.pk, now=self.clock())
        for session in self._sessions():
            here = Ticket.objects.filter(window=session.window_id, state__in=LIVE).first()
            if here and (session.clerk in self.opened or here.pk in self.brought):
                was_called = here.state == TicketState.CALLED
                self._try(miss if was_called else finish, clerk=session.clerk, now=self.clock())
        for clerk in self.opened:
            self._try(close_window, clerk=clerk, now=self.clock())
        self.say(f"{len(self.brought)} people came, {len(self.opened)} windows closed again.")

    def _sessions(self) -> list[WindowSession]:
        """Windows of the demo's extras; whoever signed in to look around is left alone."""
        running = WindowSession.objects.serving().for_page().filter(clerk__in=self.extras)
        return list(running.filter(window__centre=self.centre).order_by("window__number"))

    def _arrive(self) -> None:
        now, desk = self.clock(), None
        source = Source.KIOSK
        if not is_open(self.centre, now):
            desk, source = self.extras[-1], Source.DESK
        ticket = None
        booking = self._booking(now) if self.rng.random() < BOOKED else None
        if booking:
            ticket = self._try(
                check_in_visit, booking_id=booking.pk, source=source, now=now, actor=desk
            )
        else:
            walker = Walker(source, "zh-hans", has_priority=self.rng.random() < PRIORITY)
            pool = self.rng.choices(self.pools, [pool.lanes_total for pool in self.pools])[0]
            ticket = self._try(take_number, pool=pool, walker=walker, now=now, actor=desk)
        if ticket:
            self.brought.add(ticket.pk)
            how = "checks in" if booking else "takes a number"
            self.say(f"{ticket.text}: somebody {how}.")

    def _booking(self, now: datetime) -> Booking | None:
        """An invented person's visit that is about to begin; never one of an account."""
        near = (now - STARTS_WITHIN / 2, now + STARTS_WITHIN)
        return (
            Booking.objects.filter(centre=self.centre, date=today(now), status=Status.BOOKED)
            .filter(user=None, starts_at__range=near)
            .order_by("starts_at", "pk")
            .first()
        )

    def _call(self, session: WindowSession) -> None:
        ticket = self._try(call_next, clerk=session.clerk, now=self.clock())
        if ticket:
            self.say(f"{ticket.text} is called to window {session.window.number}.")

    def _wait_for(self, ticket: Ticket, clerk: User) -> None:
        """Most come at once; a few never hear it, whatever is called (by their number)."""
        is_deaf = Random(ticket.pk).random() < IS_DEAF  # noqa: S311
        if not is_deaf and self.rng.random() < COMES:
            if self._try(begin, clerk=clerk, now=self.clock()):
                self.say(f"{ticket.text} is at the window.")
        elif self._try(recall, clerk=clerk, now=self.clock()):
            self.say(f"{ticket.text} is called again.")
        elif self._try(miss, clerk=clerk, now=self.clock()):
            self.say(f"{ticket.text} has missed the call.")

    def _end(self, ticket: Ticket, clerk: User) -> None:
        others = [pool for pool in self.pools if pool.pk != ticket.pool_id]
        if others and self.rng.random() < SENT_ON:
            pool = self.rng.choice(others)
            if self._try(transfer, clerk=clerk, now=self.clock(), pool=pool):
                self.say(f"{ticket.text} is sent on to {pool.code}.")
            return
        done = self._try(finish, clerk=clerk, now=self.clock())
        if done:
            self.say(f"{ticket.text} is done.")
            if self.rng.random() < RATED:
                self._rate(ticket)

    def _rate(self, ticket: Ticket) -> None:
        is_good = self.rng.random() < VERY_SATISFIED
        opinion = Opinion(Score.VERY_SATISFIED if is_good else Score.SATISFIED, [Tag.FRIENDLY])
        if self._try(rate_visit, ticket_id=ticket.pk, opinion=opinion, now=self.clock()):
            self.say(f"{ticket.text} says: {opinion.score} of 5.")

    def _think_again(self) -> None:
        """Somebody who missed the call is here after all; somebody else cannot wait any longer."""
        mine = Ticket.objects.filter(pk__in=self.brought)
        missed = mine.filter(state=TicketState.NO_SHOW, returns=0).first()
        if missed and self.rng.random() < BACK:
            now, desk = self.clock(), self.extras[-1]
            if self._try(bring_back, ticket_id=missed.pk, actor=desk, now=now):
                self.say(f"{missed.text} is back, behind the next two.")
        waiting = mine.filter(state=TicketState.WAITING).order_by("-pk").first()
        if (
            waiting
            and self.rng.random() < GOES
            and self._try(leave_queue, ticket_id=waiting.pk, now=self.clock())
        ):
            self.say(f"{waiting.text} cannot wait and goes.")

    def _try(self, action: Callable[..., T], **given: object) -> T | None:
        """Do it; None where a rule says no, as when a person at the screen was faster."""
        try:
            return action(**given)
        except RuleError:
            return None
