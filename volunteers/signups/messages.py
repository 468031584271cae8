"""What people who signed up are told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.recipients import recipient_of as recipient_of_account
from lishui_center.common.dates import clock, message_date
from lishui_center.notifications.actions import Message, Recipient, notify, notify_all
from lishui_center.notifications.quiet import quiet_hours
from lishui_center.notifications.subjects import Snapshot
from services.waitlist.messages import duration
from services.waitlist.rules import minutes_to_answer
from volunteers.activities.models import Session
from volunteers.signups import rules
from volunteers.signups.models import Signup, SignupState

SUBJECT = "signup"


def tell_signed_up(signup: Signup, *, now: datetime) -> None:
    """The place is the person's; and the reminders for later."""
    notify(_message("activity_signed_up", signup, due_at=now))
    remind_later(signup, now=now)


def remind_later(signup: Signup, *, now: datetime) -> None:
    """The day before and two hours before, as far as these are still ahead."""
    start = signup.session.starts_at
    planned = (
        ("activity_day_before", start - rules.DAY_BEFORE),
        ("activity_soon", start - rules.SOON),
    )
    notify_all([_message(kind, signup, due_at=at) for kind, at in planned if at > now])


def tell_offers(signups: Iterable[Signup], *, now: datetime) -> None:
    """A place is kept for each of them; by when to take it."""
    notify_all([_offer(signup, now) for signup in signups])


def _offer(signup: Signup, now: datetime) -> Message:
    assert signup.offer_expires_at is not None  # noqa: S101 - holds for every offer, by constraint
    minutes = minutes_to_answer(now, signup.offer_expires_at, quiet_hours())
    with translation.override(signup.language):
        within = duration(minutes)
    return _message("activity_offer", signup, due_at=now, within=within)


def tell_changed(signups: Iterable[Signup], *, now: datetime) -> None:
    """Another time or place: everybody who holds or waits for one, with new reminders."""
    for signup in signups:
        notify(_message("activity_changed", signup, due_at=now))
        if signup.state == SignupState.SIGNED_UP:
            remind_later(signup, now=now)


def tell_cancelled(signups: Iterable[Signup], *, now: datetime) -> None:
    """The session does not take place, and why."""
    notify_all(
        [
            _message("activity_cancelled", signup, due_at=now, reason=signup.session.reason)
            for signup in signups
        ]
    )


def tell_added(signup: Signup, *, now: datetime) -> None:
    """Somebody with an account: the organiser put them on the list as one who came.

    A guest is not told: nobody has proven the phone that was written down.
    """
    if signup.user:
        notify(_message("activity_added", signup, due_at=now))


def signup_path(signup: Signup) -> str:
    """The path by which the sign-up is seen and cancelled without signing in."""
    return f"{reverse('activities:signup', args=[signup.reference])}?t={signup.token}"


def recipient_of(signup: Signup) -> Recipient:
    """The account, or the guest's phone."""
    if signup.user:
        return recipient_of_account(signup.user)
    return Recipient(None, signup.phone_sealed, signup.phone_hash, "", signup.language)


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Sign-ups as messages see them (notifications.subjects)."""
    return {signup.pk: _snapshot(signup) for signup in Signup.objects.for_page().filter(pk__in=pks)}


def _message(kind: str, signup: Signup, *, due_at: datetime, **context: str) -> Message:
    return Message(
        kind=kind,
        key=f"signup-{signup.pk}-{kind}-{signup.version}",
        recipient=recipient_of(signup),
        due_at=due_at,
        subject=(SUBJECT, signup.pk, signup.version),
        context=context,
    )


def _snapshot(signup: Signup) -> Snapshot:
    session = signup.session
    return Snapshot(
        version=signup.version,
        live=signup.is_open and session.is_planned,
        ends_at=signup.offer_expires_at
        if signup.state == SignupState.OFFERED
        else session.starts_at,
        day=session.date,
        centre_id=session.activity.centre_id,
        context={**_facts(session), "url": f"{settings.SITE_URL}{signup_path(signup)}"},
    )


def _facts(session: Session) -> dict[str, str]:
    activity = session.activity
    return {
        "date": message_date(session.date),
        "start": clock(session.starts_at),
        "activity": activity.title,
        "centre": activity.centre.short_name,
        "where": session.where,
    }
