"""Starting, pausing and ending a need's clocks, in the transaction of the step."""

from datetime import datetime

from lishui_center.common.clock import today
from services.clocks import rules
from services.clocks.access import calendar_of, policy_of
from services.clocks.models import ClockKind, SlaClock
from services.clocks.rules import Calendar, Effect
from services.requests.models import ServiceRequest
from services.requests.rules import Act

EFFECTS = {ClockKind.FIRST_RESPONSE: rules.FIRST_RESPONSE, ClockKind.RESOLUTION: rules.RESOLUTION}


def start_clocks(request: ServiceRequest, *, now: datetime) -> None:
    """Begin both deadlines of a new need, by the policy in force."""
    policy = policy_of(request.category)
    calendar = calendar_of(request.centre, today(now), now=now)
    SlaClock.objects.bulk_create(
        _new(request, kind, policy.version, policy.days_of(kind), calendar, now)
        for kind in ClockKind
    )


def follow_step(request: ServiceRequest, act: Act, *, now: datetime) -> None:
    """Do to the need's clocks what the step means for them; one query where it means nothing.

    What is overdue already stays so: no pause moves a deadline that has passed.
    """
    for clock in SlaClock.objects.filter(request=request, ended_at=None):
        effect = EFFECTS[ClockKind(clock.kind)].get(act)
        if effect is Effect.PAUSE and clock.paused_at is None and now < clock.due_at:
            clock.paused_at = now
            clock.save(update_fields=["paused_at"])
        elif effect is Effect.RESUME and clock.paused_at is not None:
            _resume(clock, request, now)
        elif effect in {Effect.MEET, Effect.STOP}:
            clock.met_at = now if effect is Effect.MEET else None
            clock.ended_at, clock.paused_at = now, None
            clock.save(update_fields=["met_at", "ended_at", "paused_at"])
    if act is Act.REOPEN:
        _restart(request, now)


def _restart(request: ServiceRequest, now: datetime) -> None:
    """A need that was not solved gets the time of a new one to be solved."""
    policy = policy_of(request.category)
    calendar = calendar_of(request.centre, today(now), now=now)
    clock = _new(
        request, ClockKind.RESOLUTION, policy.version, policy.resolution_days, calendar, now
    )
    clock.round = request.rounds
    clock.save()


def _resume(clock: SlaClock, request: ServiceRequest, now: datetime) -> None:
    assert clock.paused_at is not None  # noqa: S101 - asked by the caller
    calendar = calendar_of(request.centre, today(clock.starts_at), now=now)
    clock.paused_total += rules.elapsed(calendar, clock.paused_at, now)
    clock.paused_at = None
    plan_clock(clock, calendar)
    clock.save(update_fields=["paused_total", "paused_at", "warn_at", "due_at", "escalate_at"])


def _new(
    request: ServiceRequest,
    kind: str,
    version: int,
    days: int,
    calendar: Calendar,
    now: datetime,
) -> SlaClock:
    clock = SlaClock(request=request, kind=kind, policy_version=version, days=days, starts_at=now)
    plan_clock(clock, calendar)
    return clock


def plan_clock(clock: SlaClock, calendar: Calendar) -> None:
    """The three moments that follow from the start, the days and the pauses."""
    whole = clock.days * rules.DAY

    def after(ticks: int) -> datetime:
        return rules.advance(calendar, clock.starts_at, clock.paused_total + ticks)

    clock.warn_at = after(whole * rules.WARN_PERCENT // 100)
    clock.due_at = after(whole)
    clock.escalate_at = after(whole + rules.ESCALATE_AFTER * rules.DAY)
