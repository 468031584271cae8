"""Signing up, waiting, confirming, cancelling.

A place is a number that no two sign-ups of a session can have; that constraint, not the lock on
the session's row, is what makes an oversold session impossible.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.retries import retry_on_conflict
from services.bookings.rules import new_reference
from volunteers.activities.models import Session
from volunteers.signups import rules
from volunteers.signups.access import taken_places
from volunteers.signups.errors import (
    AlreadySignedUpError,
    CancelTooLateError,
    OfferExpiredError,
    SessionFullError,
    SignInWantedError,
    SignupClosedError,
    SignupOverError,
)
from volunteers.signups.messages import remind_later, tell_signed_up
from volunteers.signups.models import Signup, SignupState
from volunteers.signups.offers import can_offer, offer_places


@dataclass(frozen=True)
class Person:
    """Who comes: an account, or a guest's name and phone."""

    user: User | None
    language: str
    name: str = ""
    phone: str = ""

    @property
    def person_hash(self) -> str:
        """Equal for one person, whether as a guest or signed in with the proven phone."""
        if self.user is None:
            return lookup_hash(self.phone)
        return self.user.phone_hash if self.user.phone_verified_at else f"user-{self.user.pk}"


def account(user: User) -> Person:
    """The person of an account."""
    return Person(user, user.language, user.display_name)


@retry_on_conflict
@transaction.atomic
def sign_up(*, session_id: int, person: Person, now: datetime) -> Signup:
    """Give the person a place, or let them wait when there is none.

    Whoever waits already and asks again takes a place that can no longer be offered.

    Raises:
        SignInWantedError, SignupClosedError, AlreadySignedUpError: nothing was written.
    """
    session = lock_session(session_id)
    _check_guest(session, person)
    if not session.takes_signups(now):
        raise SignupClosedError
    signup = _known(session, person)
    if signup and signup.state != SignupState.WAITING:
        raise AlreadySignedUpError
    place = _place_for(session, now)
    if signup is None:
        signup = _create(session, person, place, now)
    elif place is None:
        raise AlreadySignedUpError
    else:
        _seat(signup, place)
    record(person.user, f"signup.{signup.state}", signup, centre_id=session.activity.centre_id)
    if place:
        tell_signed_up(signup, now=now)
    return signup


def admit(*, session: Session, person: Person, by: User, now: datetime) -> Signup:
    """Give somebody at the door of a locked session a place; who let them in is kept.

    Whoever waits or was offered a place gets it, as the next at the door would. Within a
    transaction.

    Raises:
        SignInWantedError, AlreadySignedUpError, SessionFullError
    """
    _check_guest(session, person)
    signup = _known(session, person)
    if signup and signup.state not in (SignupState.WAITING, SignupState.OFFERED):
        raise AlreadySignedUpError
    place = signup.place if signup else None
    place = place or rules.free_place(taken_places(session.pk), session.capacity)
    if place is None:
        raise SessionFullError
    if signup:
        _seat(signup, place)
    else:
        signup = _create(session, person, place, now)
    signup.added_by = by
    signup.save(update_fields=["added_by"])
    record(by, "signup.added", signup, centre_id=session.activity.centre_id)
    return signup


@transaction.atomic
def accept_offer(*, signup_id: int, now: datetime, actor: User | None = None) -> Signup:
    """Take the place that is kept. Twice is fine.

    Raises:
        OfferExpiredError: nothing changed.
    """
    signup = lock_signup(signup_id)
    if signup.state == SignupState.SIGNED_UP:
        return signup
    if signup.stage(now) != SignupState.OFFERED:
        raise OfferExpiredError
    signup.state = SignupState.SIGNED_UP
    signup.version += 1
    signup.save(update_fields=["state", "version"])
    remind_later(signup, now=now)
    record(actor, "signup.accepted", signup, centre_id=signup.session.activity.centre_id)
    return signup


@transaction.atomic
def cancel_signup(*, signup_id: int, now: datetime, actor: User | None = None) -> Signup:
    """Give the place back, decline the offer, or stop waiting; the next in line is asked.

    Raises:
        CancelTooLateError, SignupOverError: nothing changed.
    """
    session_id = Signup.objects.values_list("session", flat=True).get(pk=signup_id)
    session = lock_session(session_id)
    signup = lock_signup(signup_id)
    if signup.state == SignupState.CANCELLED:
        return signup
    if not signup.is_open:
        raise SignupOverError
    if not signup.may_be_cancelled(now):
        raise CancelTooLateError
    end_signup(signup, SignupState.CANCELLED)
    record(actor, "signup.cancelled", signup, centre_id=session.activity.centre_id)
    offer_places(session=session, now=now)
    return signup


def end_signup(signup: Signup, state: SignupState) -> None:
    """Close a locked sign-up and give its place back. Within a transaction."""
    signup.state, signup.place = state, None
    signup.version += 1
    signup.save(update_fields=["state", "place", "version"])


def lock_session(session_id: int) -> Session:
    """The session as it is once the lock is ours; its activity is read after that."""
    return Session.objects.select_for_update(no_key=True).get(pk=session_id)


def lock_signup(signup_id: int) -> Signup:
    """The sign-up as it is once the lock is ours."""
    return Signup.objects.select_for_update(no_key=True).get(pk=signup_id)


def _check_guest(session: Session, person: Person) -> None:
    """Raises: SignInWantedError."""
    if person.user is None and not session.activity.takes_guests:
        raise SignInWantedError


def _seat(signup: Signup, place: int) -> None:
    """Give a place to somebody who waits for one."""
    signup.state, signup.place = SignupState.SIGNED_UP, place
    signup.version += 1
    signup.save(update_fields=["state", "place", "version"])


def _known(session: Session, person: Person) -> Signup | None:
    found = Signup.objects.filter(session=session, person_hash=person.person_hash)
    if person.user:
        found = found | Signup.objects.filter(session=session, user=person.user)
    return next((signup for signup in found if not signup.is_over), None)


def _place_for(session: Session, now: datetime) -> int | None:
    """A free place; none for newcomers while those who wait can still be asked."""
    waits = Signup.objects.waiting(session.pk).exists()
    if waits and can_offer(session, now):
        return None
    return rules.free_place(taken_places(session.pk), session.capacity)


def _create(session: Session, person: Person, place: int | None, now: datetime) -> Signup:
    return Signup.objects.create(
        reference=new_reference(),
        link_nonce=get_random_string(16),
        session=session,
        user=person.user,
        name=person.name,
        phone_sealed=seal(person.phone),
        phone_hash=lookup_hash(person.phone) if person.phone else "",
        person_hash=person.person_hash,
        language=person.language,
        state=SignupState.SIGNED_UP if place else SignupState.WAITING,
        place=place,
        created_at=now,
    )
