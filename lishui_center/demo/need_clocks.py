"""The clocks of the demo's needs, on each centre's own calendar."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lishui_center.common.clock import today
from services.centres.models import Centre
from services.clocks import rules
from services.clocks.actions import EFFECTS, plan_clock
from services.clocks.models import ClockKind, SlaClock
from services.clocks.rules import Calendar, Effect
from services.hours.access import openings
from services.requests.models import ServiceRequest
from services.requests.rules import Act

DAYS = {
    ClockKind.FIRST_RESPONSE: rules.FIRST_RESPONSE_DAYS,
    ClockKind.RESOLUTION: rules.RESOLUTION_DAYS,
}


class NeedClocks:
    """Starts and ends clocks without asking the database for each."""

    def __init__(self, places: Sequence[Centre], now: datetime, days: int) -> None:
        first = today(now) - timedelta(days=max(days, 61))
        keys = [place.pk for place in places]
        opened = openings(keys, first, today(now) + timedelta(days=60), now=now)
        self.now = now
        self.calendars = {
            pk: Calendar({day.date: day.spans for day in opened.get(pk, [])}) for pk in keys
        }

    def start(self, need: ServiceRequest) -> list[SlaClock]:
        """Both of a new need."""
        return [self._new(need, kind, need.created_at) for kind in ClockKind]

    def step(
        self, clocks: Sequence[SlaClock], need: ServiceRequest, act: Act, at: datetime
    ) -> list[SlaClock]:
        """What the step does to them; a clock that begins with it is the answer."""
        for clock in clocks:
            effect = EFFECTS[ClockKind(clock.kind)].get(act)
            if clock.ended_at is not None or effect is None:
                continue
            if effect is Effect.PAUSE:
                clock.paused_at = at if at < clock.due_at else None
            elif effect is Effect.RESUME and clock.paused_at:
                calendar = self.calendars[need.centre.pk]
                clock.paused_total += rules.elapsed(calendar, clock.paused_at, at)
                clock.paused_at = None
                plan_clock(clock, calendar)
            elif effect in {Effect.MEET, Effect.STOP}:
                clock.met_at = at if effect is Effect.MEET else None
                clock.ended_at, clock.paused_at = at, None
        if act is not Act.REOPEN:
            return []
        again = self._new(need, ClockKind.RESOLUTION, at)
        again.round = need.rounds
        return [again]

    def look(self, clocks: Sequence[SlaClock]) -> None:
        """What was noticed of each by now: nobody is told of it a second time."""
        for clock in clocks:
            until = clock.ended_at or self.now
            if clock.paused_at is None:
                clock.warned_at = clock.warn_at if clock.warn_at <= until else None
                clock.breached_at = clock.due_at if clock.due_at <= until else None
                clock.escalated_at = clock.escalate_at if clock.escalate_at <= until else None

    def _new(self, need: ServiceRequest, kind: ClockKind, at: datetime) -> SlaClock:
        clock = SlaClock(kind=kind, policy_version=0, days=DAYS[kind], starts_at=at)
        plan_clock(clock, self.calendars[need.centre.pk])
        return clock
