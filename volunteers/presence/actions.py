"""Checking in and out by the rotating code, and settling a session's list."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.standing.errors import OwnRecordError
from volunteers.activities.access import runs
from volunteers.activities.errors import NotYourActivityError
from volunteers.activities.models import ActivityKind, Session
from volunteers.hours.attending import Attendance, record_attendance
from volunteers.presence import rules
from volunteers.presence.access import fits, served_by
from volunteers.presence.errors import (
    CodeWrongError,
    ListClosedError,
    NotCheckedInError,
    NotOnListError,
    NotTimeError,
)
from volunteers.signups.access import own_signup
from volunteers.signups.actions import Person, admit, lock_session, lock_signup
from volunteers.signups.messages import tell_added
from volunteers.signups.models import Signup, SignupState
from volunteers.training.actions import Part, record_training


@transaction.atomic
def check_in(*, session: Session, user: User, code: str, now: datetime) -> Signup:
    """Note when the person came. Twice is fine: the first time counts.

    Raises:
        CodeWrongError, NotOnListError, NotTimeError: nothing changed.
    """
    signup = _on_list(session, user, code, now)
    if signup.checked_in_at:
        return signup
    if not rules.takes_check_in(session.starts_at, session.ends_at, now):
        raise NotTimeError
    signup.checked_in_at = now
    _come(signup, ["checked_in_at"])
    record(user, "signup.checked_in", signup, centre_id=session.activity.centre_id)
    return signup


@transaction.atomic
def check_out(*, session: Session, user: User, code: str, now: datetime) -> Signup:
    """Note when the person left, and keep the time in its ledger. Twice is fine.

    Raises:
        CodeWrongError, NotOnListError, NotCheckedInError, NotTimeError: nothing changed.
    """
    signup = _on_list(session, user, code, now)
    if signup.checked_out_at:
        return signup
    if not signup.checked_in_at:
        raise NotCheckedInError
    if not rules.takes_check_out(session.starts_at, session.ends_at, now):
        raise NotTimeError
    signup.checked_out_at = now
    signup.save(update_fields=["checked_out_at"])
    record(user, "signup.checked_out", signup, centre_id=session.activity.centre_id)
    _keep(signup, session, signup.ticked_by, now)
    return signup


@transaction.atomic
def settle_list(
    *, session: Session, came: Collection[int], missed: Collection[int], by: User, now: datetime
) -> int:
    """Tick who came and who did not, by the sign-ups' numbers; how many were settled.

    Whoever came stays so, for a record may rest on it; the organiser's own tick is left out.

    Raises:
        NotYourActivityError, ListClosedError, OwnRecordError (only oneself was ticked): nothing
            changed.
    """
    _check_settles(session, by, now)
    asked = {*came, *missed}
    signups = [
        signup
        for signup in Signup.objects.filter(session=session, pk__in=asked)
        .select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .order_by("pk")
        if _is_unsettled(signup, came)
    ]
    others = [signup for signup in signups if signup.user_id != by.pk]
    if signups and not others:
        raise OwnRecordError
    for signup in others:
        if signup.pk in came:
            _tick(signup, session, by, now)
        else:
            _miss(signup, session, by)
    return len(others)


@retry_on_conflict
@transaction.atomic
def add_walk_in(*, session_id: int, person: Person, by: User, now: datetime) -> Signup:
    """Put somebody who came without signing up on the list, ticked as present.

    What holds for signing up holds here too: a place each, none beyond the capacity, and guests
    at events only. The person is told, for hours may come of it.

    Raises:
        NotYourActivityError, ListClosedError, OwnRecordError, SignInWantedError,
        AlreadySignedUpError, SessionFullError: nothing changed.
    """
    session = lock_session(session_id)
    _check_settles(session, by, now)
    if person.user == by:
        raise OwnRecordError
    signup = admit(session=session, person=person, by=by, now=now)
    _tick(signup, session, by, now)
    tell_added(signup, now=now)
    return signup


@transaction.atomic
def keep_ticked(*, signup_id: int, now: datetime) -> bool:
    """Keep the time of somebody who was ticked while the session went on; false when it is kept."""
    signup = lock_signup(signup_id)
    if signup.kept_at or signup.state != SignupState.ATTENDED or signup.session.ends_at > now:
        return False
    _keep(signup, signup.session, signup.ticked_by, now)
    return True


def _check_settles(session: Session, by: User, now: datetime) -> None:
    """Raises: NotYourActivityError, ListClosedError."""
    if not runs(by, session.activity, today(now)):
        raise NotYourActivityError
    if not (session.is_planned and rules.takes_ticks(session.starts_at, session.ends_at, now)):
        raise ListClosedError


def _is_unsettled(signup: Signup, came: Collection[int]) -> bool:
    """Whether the tick says something new; also that who checked in stayed to the end."""
    if signup.state == SignupState.ATTENDED:
        is_still_in = signup.checked_out_at is None and signup.ticked_by_id is None
        return signup.pk in came and is_still_in
    return signup.state in (SignupState.SIGNED_UP, SignupState.MISSED)


def _tick(signup: Signup, session: Session, by: User, now: datetime) -> None:
    signup.ticked_by = by
    _come(signup, ["ticked_by"])
    record(by, "signup.ticked", signup, centre_id=session.activity.centre_id)
    if now >= session.ends_at:  # Else nobody knows yet how long the person stays: `keep_ticked`.
        _keep(signup, session, by, now)


def _miss(signup: Signup, session: Session, by: User) -> None:
    if signup.state == SignupState.MISSED:
        return
    signup.state = SignupState.MISSED
    signup.version += 1
    signup.save(update_fields=["state", "version"])
    record(by, "signup.missed", signup, centre_id=session.activity.centre_id)


def _come(signup: Signup, fields: list[str]) -> None:
    signup.state = SignupState.ATTENDED
    signup.version += 1
    signup.save(update_fields=["state", "version", *fields])


def _on_list(session: Session, user: User, code: str, now: datetime) -> Signup:
    """The person's sign-up, locked, once the code is right."""
    if not fits(session, code, now):
        raise CodeWrongError
    known = own_signup(user, session)
    if known is None or not session.is_planned:
        raise NotOnListError
    signup = lock_signup(known.pk)
    listed = (SignupState.SIGNED_UP, SignupState.ATTENDED, SignupState.MISSED)
    if signup.state not in listed:
        raise NotOnListError
    return signup


def _keep(signup: Signup, session: Session, by: User | None, now: datetime) -> None:
    """Write the time into the ledger its kind counts for; guests and events count for none."""
    signup.kept_at = now
    signup.save(update_fields=["kept_at"])
    period = served_by(signup, session)
    person = signup.user
    if person is None or period is None:
        return
    start, end = period
    activity = session.activity
    if activity.kind == ActivityKind.SERVICE and activity.team is not None:
        served = Attendance(
            session.pk, activity.team, start, end, vouched_by=by, project_id=activity.project_id
        )
        record_attendance(volunteer=person, attendance=served, now=now)
    elif activity.kind == ActivityKind.TRAINING:
        part = Part(session, int((end - start).total_seconds()) // 60, ticked_by=by)
        record_training(user=person, part=part, now=now)
