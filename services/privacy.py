"""The services' part in a person's copy of all data, in erasing it, and in forgetting in time."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.bookings.models import Booking
from services.standing.models import Suspension
from services.waitlist.actions import leave_waitlist
from services.waitlist.models import OPEN_STATES, WaitlistEntry

KEPT_FOR = timedelta(days=365)
"""How long a visit keeps its person. Source: domain.md, "Law and standards"."""


def export_visits(user: User) -> dict[str, object]:
    """The person's bookings, waiting lists, pauses of booking, and relatives."""
    bookings = Booking.objects.filter(_own(user)).for_list().order_by("starts_at")
    waiting = WaitlistEntry.objects.filter(_own(user)).for_page().order_by("created_at")
    pauses = Suspension.objects.filter(_own_pauses(user)).for_list()
    return {
        "bookings": _each(bookings, _booking),
        "waiting": _each(waiting, _entry),
        "pauses": _each(pauses, _pause),
        "family": [
            {
                "name": member.name,
                "relation": member.relation,
                "phone": member.phone,
                "concession": member.concession,
            }
            for member in user.family_members.all()
        ],
    }


def forget_visits(user: User, *, now: datetime) -> None:
    """Take the person out of what is over, remove the relatives, stop waiting.

    A visit still to come keeps its name and phone, for somebody is expected at the window, and a
    pause in force keeps the hash it counts by; `forget_old` takes them out when their time comes.
    """
    user.family_members.all().delete()
    for entry in WaitlistEntry.objects.filter(_own(user), state__in=OPEN_STATES):
        leave_waitlist(entry_id=entry.pk, actor=user)
    WaitlistEntry.objects.filter(_own(user)).delete()
    is_ahead = Q(pk__in=Booking.objects.upcoming(now).values("pk"))
    _unname(Booking.objects.filter(_own(user)).exclude(is_ahead))
    in_force = Q(pk__in=Suspension.objects.in_force(now).values("pk"))
    _unname_pauses(Suspension.objects.filter(_own_pauses(user)).exclude(in_force))


def forget_old(*, now: datetime) -> int:
    """Take the person out of all visits older than twelve months; how many. Safe to run twice."""
    before = now - KEPT_FOR
    WaitlistEntry.objects.filter(date__lt=today(before)).delete()
    _unname_pauses(Suspension.objects.filter(ends_at__lt=before).exclude(phone_hash=""))
    return _unname(Booking.objects.filter(starts_at__lt=before).exclude(phone_hash=""))


def _own(user: User) -> Q:
    """Made while signed in, or with the phone that the person has proven."""
    own = Q(user=user)
    return own | Q(phone_hash=user.phone_hash) if user.phone_verified_at else own


def _own_pauses(user: User) -> Q:
    own = Q(cause__user=user)
    return own | Q(phone_hash=user.phone_hash) if user.phone_verified_at else own


def _unname(bookings: QuerySet[Booking]) -> int:
    """Empty what names the person; the row stays, to be counted."""
    return bookings.update(
        user=None,
        name="",
        phone_sealed="",
        phone_hash="",
        # Still one person a visit, as the daily limit's constraint asks.
        person_hash=Concat(Value("gone-"), Cast("pk", CharField())),
        request_hash="",
    )


def _unname_pauses(pauses: QuerySet[Suspension]) -> int:
    return pauses.update(phone_hash="", appeal_text="")


def _each(rows: Iterable[Any], plain: Callable[[Any], dict[str, object]]) -> list[object]:
    return [plain(row) for row in rows]


def _booking(booking: Booking) -> dict[str, object]:
    return {
        "reference": booking.reference,
        "centre": booking.centre.code,
        "items": [part.item.code for part in booking.items.all()],
        "start": booking.starts_at.isoformat(),
        "status": booking.status,
        "name": booking.name,
        "phone": booking.phone,
    }


def _entry(entry: WaitlistEntry) -> dict[str, object]:
    return {
        "reference": entry.reference,
        "centre": entry.centre.code,
        "items": [item.code for item in entry.items.all()],
        "from": entry.earliest_start.isoformat(),
        "until": entry.latest_start.isoformat(),
        "state": entry.state,
        "name": entry.name,
        "phone": entry.phone,
    }


def _pause(pause: Suspension) -> dict[str, object]:
    return {
        "centre": pause.centre.code,
        "from": pause.starts_at.isoformat(),
        "until": pause.ends_at.isoformat(),
        "appeal": pause.appeal,
        "appeal_text": pause.appeal_text,
        "decision": pause.decision_note,
        "lifted_at": pause.lifted_at.isoformat() if pause.lifted_at else None,
    }
