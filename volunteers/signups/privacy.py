"""Sign-ups in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime, timedelta

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from lishui_center.accounts.models import User
from volunteers.signups.access import signups_of
from volunteers.signups.actions import end_signup, lock_session, lock_signup
from volunteers.signups.models import Signup, SignupQuerySet, SignupState
from volunteers.signups.offers import offer_places

KEPT_FOR = timedelta(days=365)
"""How long a sign-up keeps its person, as a booking. Source: domain.md, "Law and standards"."""


def export_signups(user: User) -> list[dict[str, object]]:
    """What the person signed up for, and whether they came."""
    return [
        {
            "activity": signup.session.activity.title_zh,
            "centre": signup.session.activity.centre.code,
            "start": signup.session.starts_at.isoformat(),
            "state": signup.state,
            "name": signup.name,
            "phone": signup.phone,
            "added_by_the_organiser": signup.added_by_id is not None,
            "checked_in_at": signup.checked_in_at and signup.checked_in_at.isoformat(),
            "checked_out_at": signup.checked_out_at and signup.checked_out_at.isoformat(),
        }
        for signup in signups_of(user).order_by("session__starts_at", "pk")
    ]


def forget_signups(user: User, *, now: datetime) -> None:
    """Give back what is still ahead, at any hour, and take the person out of the rest."""
    ahead = Signup.objects.of(user).open().filter(session__ends_at__gt=now)
    for pk, session_id in list(ahead.values_list("pk", "session")):
        session = lock_session(session_id)
        end_signup(lock_signup(pk), SignupState.CANCELLED)
        offer_places(session=session, now=now)
    _unname(Signup.objects.of(user))


def forget_old(*, now: datetime) -> int:
    """Take the person out of sign-ups older than twelve months; how many. Safe to run twice."""
    old = Signup.objects.filter(session__ends_at__lt=now - KEPT_FOR)
    return _unname(old.exclude(person_hash__startswith="gone-"))


def _unname(signups: SignupQuerySet) -> int:
    """Empty what names the person; the row stays, to be counted."""
    named = Signup.objects.filter(pk__in=list(signups.values_list("pk", flat=True)))
    return named.update(
        user=None,
        name="",
        phone_sealed="",
        phone_hash="",
        person_hash=Concat(Value("gone-"), Cast("pk", CharField())),
    )
