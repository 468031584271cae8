"""Offering places that came free to those who wait, first come first served.

An offer holds its place's number, so nobody else can get it while the person decides.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lishui_center.audit.actions import record
from lishui_center.common.retries import retry_on_conflict
from lishui_center.notifications.quiet import quiet_hours
from services.waitlist.rules import offer_ends
from volunteers.activities.models import Session
from volunteers.signups import rules
from volunteers.signups.access import taken_places
from volunteers.signups.messages import tell_offers
from volunteers.signups.models import Signup, SignupState


def offer_places(*, session: Session, now: datetime) -> int:
    """Offer what is free in a locked session; how many offers. Within a transaction.

    Apart from the audit's line for each, as many queries for one place as for a whole hall.
    """
    ends = _ends(session, now)
    if ends is None or not session.is_planned:
        return 0
    taken, offered = taken_places(session.pk), []
    for signup in Signup.objects.waiting(session.pk).for_page():
        place = rules.free_place(taken, session.capacity)
        if place is None:
            break
        taken.append(place)
        signup.state, signup.place, signup.offer_expires_at = SignupState.OFFERED, place, ends
        signup.version += 1
        offered.append(signup)
    if offered:
        _store(offered, ends, now)
    return len(offered)


def can_offer(session: Session, now: datetime) -> bool:
    """Whether somebody who waits would still have time to answer."""
    return _ends(session, now) is not None


def close_unanswered(*, now: datetime) -> int:
    """End the offers whose time is over, and ask the next in line; how many. Safe to run twice."""
    due = Signup.objects.unanswered(now).values_list("session", flat=True).distinct()
    return sum(_close_of(session_id, now) for session_id in sorted(set(due)))


def close_overtaken(*, now: datetime) -> int:
    """End the waiting for sessions that are over; how many."""
    over = Signup.objects.filter(state=SignupState.WAITING, session__ends_at__lte=now)
    return Signup.objects.filter(pk__in=over.values("pk")).update(
        state=SignupState.EXPIRED, version=F("version") + 1
    )


def _ends(session: Session, now: datetime) -> datetime | None:
    return offer_ends(
        now, minutes=rules.OFFER_MINUTES, latest=session.starts_at, quiet=quiet_hours()
    )


def _store(offered: list[Signup], ends: datetime, now: datetime) -> None:
    fields = ["state", "place", "offer_expires_at", "version"]
    Signup.objects.bulk_update(offered, fields, batch_size=200)
    tell_offers(offered, now=now)
    for signup in offered:
        centre_id = signup.session.activity.centre_id
        record(None, "signup.offered", signup, centre_id=centre_id, until=ends.isoformat())


@retry_on_conflict
@transaction.atomic
def _close_of(session_id: int, now: datetime) -> int:
    """End a session's late offers under its lock, and offer the places again."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session_id)
    late = list(
        Signup.objects.unanswered(now)
        .filter(session=session_id)
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    Signup.objects.filter(pk__in=[signup.pk for signup in late]).update(
        state=SignupState.EXPIRED, place=None, version=F("version") + 1
    )
    for signup in late:
        record(None, "signup.unanswered", signup)
    offer_places(session=session, now=now)
    return len(late)
