"""Changing and cancelling what people have signed up for: everybody is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.standing.rules import clean_words
from volunteers.activities.access import runs
from volunteers.activities.actions import Times, check_times, lock_activity
from volunteers.activities.errors import NotYourActivityError, SameStartError, SessionPastError
from volunteers.activities.models import (
    REASON_LENGTH,
    Activity,
    ActivityState,
    Session,
    SessionState,
)
from volunteers.signups import rules
from volunteers.signups.access import taken_places
from volunteers.signups.actions import lock_session
from volunteers.signups.errors import CapacityTakenError, ReasonNeededError
from volunteers.signups.messages import tell_cancelled, tell_changed
from volunteers.signups.models import Signup, SignupState
from volunteers.signups.offers import offer_places


@transaction.atomic
def change_session(*, session_id: int, times: Times, by: User, now: datetime) -> Session:
    """Another time, place or number of places; more places go to those who wait.

    Raises:
        NotYourActivityError, SessionPastError, SessionTimesError, SessionTooLongError,
        SameStartError, CapacityTakenError: nothing changed.
    """
    session = lock_session(session_id)
    _check_runs(session, by, now)
    if session.starts_at <= now or not session.is_planned:
        raise SessionPastError
    check_times(times, now)
    has_moved = (session.starts_at, session.ends_at) != (times.start, times.end)
    has_moved = has_moved or session.place != clean_words(times.place)
    _fit_places(session, times.capacity)
    session.starts_at, session.ends_at, session.date = times.start, times.end, today(times.start)
    session.place, session.capacity = clean_words(times.place), times.capacity
    session.signup_closes_at = times.closes
    session.version += 1
    _save(session)
    record(by, "session.changed", session, centre_id=session.activity.centre_id, moved=has_moved)
    if has_moved:
        _tell_all(session, now)
    offer_places(session=session, now=now)
    return session


@transaction.atomic
def cancel_session(*, session_id: int, reason: str, by: User, now: datetime) -> Session:
    """The session does not take place; everybody who signed up or waits is told why. Twice is fine.

    Raises:
        NotYourActivityError, SessionPastError, ReasonNeededError: nothing changed.
    """
    words = clean_words(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonNeededError
    session = lock_session(session_id)
    _check_runs(session, by, now)
    if not session.is_planned:
        return session
    if session.starts_at <= now:
        raise SessionPastError
    _cancel(session, words, by, now)
    return session


@transaction.atomic
def cancel_activity(*, activity_id: int, reason: str, by: User, now: datetime) -> Activity:
    """All its sessions that have not begun; nothing more can be signed up for.

    Raises:
        NotYourActivityError, ActivityCancelledError, ReasonNeededError: nothing changed.
    """
    words = clean_words(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonNeededError
    activity = lock_activity(activity_id, by, now)
    ahead = activity.sessions.planned().filter(starts_at__gt=now).order_by("pk")
    for session in ahead.select_for_update(no_key=True):
        session.activity = activity
        _cancel(session, words, by, now)
    activity.state = ActivityState.CANCELLED
    activity.save(update_fields=["state"])
    record(by, "activity.cancelled", activity, centre_id=activity.centre_id)
    return activity


def _check_runs(session: Session, by: User, now: datetime) -> None:
    """Raises: NotYourActivityError."""
    if not runs(by, session.activity, today(now)):
        raise NotYourActivityError


def _fit_places(session: Session, capacity: int) -> None:
    """Move places above the new capacity to free numbers below.

    Raises:
        CapacityTakenError
    """
    taken = taken_places(session.pk)
    if len(taken) > capacity:
        raise CapacityTakenError(taken=len(taken))
    for old, new in rules.renumbered(taken, capacity).items():
        Signup.objects.filter(session=session, place=old).update(place=new)


def _save(session: Session) -> None:
    try:
        with transaction.atomic():
            session.save(
                update_fields=[
                    "starts_at",
                    "ends_at",
                    "date",
                    "place",
                    "capacity",
                    "signup_closes_at",
                    "version",
                ]
            )
    except IntegrityError as error:
        raise SameStartError from error


def _tell_all(session: Session, now: datetime) -> None:
    """Reminders of the old time are dropped by the new version."""
    concerned = Signup.objects.filter(session=session).open()
    concerned.update(version=F("version") + 1)
    tell_changed(concerned.for_page(), now=now)


def _cancel(session: Session, words: str, by: User, now: datetime) -> None:
    concerned = list(Signup.objects.filter(session=session).open().values_list("pk", flat=True))
    signups = Signup.objects.filter(pk__in=concerned)
    signups.update(state=SignupState.CANCELLED, place=None, version=F("version") + 1)
    session.state, session.reason = SessionState.CANCELLED, words
    session.version += 1
    session.save(update_fields=["state", "reason", "version"])
    record(by, "session.cancelled", session, centre_id=session.activity.centre_id)
    tell_cancelled(signups.for_page(), now=now)
