"""Whose sign-up is whose, and how many places are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.utils.crypto import constant_time_compare

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from volunteers.activities.models import Session, SessionState
from volunteers.signups.models import Signup, SignupQuerySet, SignupState

LONGEST_NUMBER = 15
"""Digits of a session's number: no database takes a longer one."""


@dataclass(frozen=True)
class Offered:
    """A session with what is left of it, as the public sees it."""

    session: Session
    taken: int = 0
    waiting: int = 0
    mine: Signup | None = None

    @property
    def free(self) -> int:
        """Places left; none while people wait, for theirs come first."""
        left = max(0, self.session.capacity - self.taken)
        return max(0, left - self.waiting)


def offered(sessions: Sequence[Session], user: User | None = None) -> list[Offered]:
    """The sessions with their free places and one's own sign-up: two queries, however many."""
    pks = [session.pk for session in sessions]
    counted = Signup.objects.filter(session__in=pks).counted()
    mine = {}
    if user:
        own = Signup.objects.of(user).filter(session__in=pks).order_by("pk")
        mine = {signup.session_id: signup for signup in own if not signup.is_over}
    return [
        Offered(
            session,
            counted.get(session.pk, {}).get("places", 0),
            counted.get(session.pk, {}).get("waiting", 0),
            mine.get(session.pk),
        )
        for session in sessions
    ]


def signups_of(user: User) -> SignupQuerySet:
    """The person's own, with what a list shows."""
    return Signup.objects.of(user).for_page()


def get_signup_by_link(reference: str, token: str) -> Signup:
    """The sign-up, or 404: a wrong token learns nothing, not even that it exists."""
    signup = Signup.objects.for_page().filter(reference=reference.upper()).first()
    if signup is None or not constant_time_compare(signup.token, token):
        raise Http404
    return signup


def own_signup(user: User, session: Session) -> Signup | None:
    """The person's sign-up to the session that stands, if any."""
    found = Signup.objects.of(user).for_page().filter(session=session)
    return next((signup for signup in found if not signup.is_over), None)


def collisions_of(user: User, session: Session) -> list[Signup]:
    """The person's other sign-ups at the same time, to be warned of."""
    others = Signup.objects.of(user).open().for_page().exclude(session=session)
    found = others.filter(
        session__state=SessionState.PLANNED,
        session__starts_at__lt=session.ends_at,
        session__ends_at__gt=session.starts_at,
    )
    return list(found.order_by("session__starts_at"))


def people_ahead(signup: Signup) -> int:
    """How many wait for the same session and came before."""
    waiting = Signup.objects.waiting(signup.session_id)
    return list(waiting.values_list("pk", flat=True)).index(signup.pk) if signup.pk else 0


def list_of(session: Session) -> SignupQuerySet:
    """Who is expected or came, in the order of their places; those who wait are left out."""
    found = Signup.objects.listed().filter(session=session).select_related("user", "added_by")
    return found.order_by("place")


def signups_seen_by(user: User, session: str, day: date) -> SignupQuerySet:
    """All sign-ups of one session at a centre where the person works; none without a number."""
    at_work = Q(
        staffed_centres(user, day, field="session__activity__centre_id"),
        session=int(session) if session.isdecimal() and len(session) <= LONGEST_NUMBER else 0,
    )
    return Signup.objects.for_page().filter(at_work).order_by("place", "created_at", "pk")


def taken_places(session_id: int) -> list[int]:
    """The numbers of the places that are taken."""
    placed: Iterable[int | None] = (
        Signup.objects.placed().filter(session=session_id).values_list("place", flat=True)
    )
    return [number for number in placed if number is not None]


def came_count(session: Session) -> int:
    """How many were there so far."""
    return Signup.objects.filter(session=session, state=SignupState.ATTENDED).count()
