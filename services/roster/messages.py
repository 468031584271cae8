"""What people on a roster are told, and what the wording is filled with at send time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.clock import clock_text, today
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify, notify_all
from lishui_center.notifications.quiet import quiet_hours
from lishui_center.notifications.subjects import Snapshot
from services.centres.models import Centre
from services.roster.models import Leave, LeaveState, Shift, SwapRequest, SwapState
from services.roster.rules import reminder_times
from services.roster.staffed import DayGap

SETTLED_AFTER = timedelta(minutes=5)
"""A manager who tries several times on a day sends one message, of the last."""

VERSION = 1
"""Leaves, swaps and alarms say one thing, once."""


def remind(shifts: Iterable[Shift], *, now: datetime) -> None:
    """Ask for the reminders still ahead: one INSERT.

    Keys carry the shift's version, so a change makes new reminders and outdates the old.
    """
    notify_all(
        [
            Message(
                kind=kind,
                key=f"shift-{shift.pk}-{kind}-{shift.version}",
                recipient=recipient_of(shift.staff),
                due_at=due_at,
                subject=("shift", shift.pk, shift.version),
            )
            for shift in shifts
            for kind, due_at in reminder_times(shift.starts_at, now, quiet_hours()).items()
        ]
    )


def tell_changed(shift: Shift, *, by: User, now: datetime) -> None:
    """Tell the person of the shift as it is now; nobody is told what they did themselves."""
    if shift.staff == by:
        return
    notify(
        Message(
            kind="duty_changed",
            key=f"shift-{shift.pk}-changed-{shift.version}",
            recipient=recipient_of(shift.staff),
            due_at=now + SETTLED_AFTER,
            subject=("shift", shift.pk, shift.version),
        )
    )


def tell_removed(
    shift: Shift, had: User, facts: dict[str, str], *, by: User, now: datetime
) -> None:
    """Tell whoever had the shift that it is theirs no longer; `facts` are of before."""
    if had == by:
        return
    notify(
        Message(
            kind="duty_removed",
            key=f"shift-{shift.pk}-removed-{shift.version}",
            recipient=recipient_of(had),
            due_at=now + SETTLED_AFTER,
            subject=("roster", shift.centre_id, VERSION),
            context=facts,
        )
    )


def told_facts(shift: Shift) -> dict[str, str]:
    """The shift in words, in its person's language, for when it no longer is what it was."""
    with translation.override(shift.staff.language):
        return {name: str(fact) for name, fact in _facts(shift).items()}


def tell_leave(leave: Leave, *, now: datetime) -> None:
    """Whether the leave is granted, and why not."""
    notify(
        Message(
            kind="leave_decided",
            key=f"leave-{leave.pk}-decided",
            recipient=recipient_of(leave.staff),
            due_at=now,
            subject=("leave", leave.pk, VERSION),
        )
    )


def tell_swap(swap: SwapRequest, *, now: datetime) -> None:
    """Ask the other person; after the answer, tell the one who asked."""
    is_open = swap.state == SwapState.ASKED
    notify(
        Message(
            kind="swap_asked" if is_open else "swap_answered",
            key=f"swap-{swap.pk}-{swap.state}",
            recipient=recipient_of(swap.to if is_open else swap.asked_by),
            due_at=now,
            subject=("swap", swap.pk, VERSION),
        )
    )


def alarm(centre: Centre, gaps: Sequence[DayGap], managers: Iterable[User], now: datetime) -> None:
    """Tell the managers of the gaps, once a day."""
    notify_all([_alarm(centre, gaps, manager, now) for manager in managers])


def load_shifts(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Shifts as messages see them (notifications.subjects)."""
    return {
        shift.pk: Snapshot(
            version=shift.version,
            day=shift.date,
            centre_id=shift.centre_id,
            context={**_facts(shift), "url": _url("staff:my-shifts")},
        )
        for shift in Shift.objects.for_list().filter(pk__in=pks)
    }


def load_leaves(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Leaves as messages see them."""
    return {
        leave.pk: Snapshot(
            version=VERSION,
            centre_id=leave.centre_id,
            context={
                "first": message_date(leave.first),
                "last": message_date(leave.last),
                "granted": leave.state == LeaveState.GRANTED,
                "note": leave.note,
                "url": _url("staff:my-shifts"),
            },
        )
        for leave in Leave.objects.filter(pk__in=pks)
    }


def load_swaps(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Requests to swap as messages see them; names are masked, because texts are kept."""
    return {
        swap.pk: Snapshot(
            version=VERSION,
            live=swap.state == SwapState.ASKED,
            day=swap.shift.date,
            centre_id=swap.shift.centre_id,
            context={
                **_facts(swap.shift),
                "asker": swap.asked_by.masked_name,
                "colleague": swap.to.masked_name,
                "accepted": swap.state == SwapState.ACCEPTED,
                "other": message_date(swap.other_shift.date) if swap.other_shift else "",
                "url": _url("staff:swap", swap.pk),
            },
        )
        for swap in SwapRequest.objects.for_list().filter(pk__in=pks)
    }


def load_rosters(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Centres as alarms see them."""
    return {
        centre.pk: Snapshot(
            version=VERSION,
            centre_id=centre.pk,
            context={
                "centre": centre.short_name,
                "url": _url("staff:roster", centre.code),
            },
        )
        for centre in Centre.objects.filter(pk__in=pks)
    }


def _alarm(centre: Centre, gaps: Sequence[DayGap], manager: User, now: datetime) -> Message:
    first = gaps[0]
    with translation.override(manager.language):
        context = {
            "gaps": str(len(gaps)),
            "date": message_date(first.date),
            "start": clock_text(first.gap.first),
        }
    return Message(
        kind="roster_gap",
        key=f"roster-{centre.pk}-{today(now):%Y%m%d}-{manager.pk}",
        recipient=recipient_of(manager),
        due_at=now,
        subject=("roster", centre.pk, VERSION),
        context=context,
    )


def _facts(shift: Shift) -> dict[str, object]:
    hours = shift.hours
    return {
        "date": message_date(shift.date),
        "start": clock_text(hours.first),
        "end": clock_text(hours.end),
        "rest": f"{clock_text(hours.rest[0])}-{clock_text(hours.rest[1])}" if hours.rest else "",
        "centre": shift.centre.short_name,
        "place": shift.place,
    }


def _url(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
