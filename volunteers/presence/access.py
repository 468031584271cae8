"""The key of the rotating code, and what came of each person's attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from lishui_center.accounts.models import User
from lishui_center.common.encryption import lookup_hash
from volunteers.activities.models import ActivityKind, Session
from volunteers.hours.models import COUNTING, HourEntry
from volunteers.presence import rules
from volunteers.presence.errors import NoAccountError
from volunteers.signups.actions import Person, account
from volunteers.signups.models import Signup
from volunteers.teams.access import members_since
from volunteers.training.models import TrainingEntry


@dataclass(frozen=True)
class Line:
    """One person on the organiser's list: what was ticked, and the minutes that came of it."""

    signup: Signup
    minutes: int | None
    expected: int | None

    @property
    def is_short(self) -> bool:
        """Whether another record took a part of the time, or all of it."""
        return self.expected is not None and (self.minutes or 0) < self.expected


def current_code(session: Session, now: datetime) -> str:
    """The six digits of this half minute."""
    return rules.code_at(_key(), session.pk, rules.step_of(now))


def fits(session: Session, typed: str, now: datetime) -> bool:
    """Whether the code is the one shown now, or just before."""
    return rules.is_code(_key(), session.pk, "".join(typed.split()), now)


def served_by(signup: Signup, session: Session) -> tuple[datetime, datetime] | None:
    """The part of the session that counts for the person; None for none.

    Who was ticked but did not scan was there from the start, and who did not check out, to the end.
    """
    tolerance = timedelta(minutes=settings.ATTENDANCE_TOLERANCE_MINUTES)
    return rules.counted(
        signup.checked_in_at or session.starts_at,
        signup.checked_out_at or session.ends_at,
        start=session.starts_at,
        end=session.ends_at,
        tolerance=tolerance,
    )


def lines_of(session: Session, signups: Sequence[Signup]) -> list[Line]:
    """The people with their minutes: one query, however many; an event counts for nothing."""
    kept = _minutes_of(session)
    is_counted = session.activity.kind != ActivityKind.EVENT
    return [
        Line(
            signup,
            kept.get(signup.user_id) if signup.user_id else None,
            _expected(signup, session) if is_counted else None,
        )
        for signup in signups
    ]


def members_to_add(session: Session, by: User) -> list[User]:
    """Those of the organising team who are not on the list; nobody adds themselves."""
    if session.activity.team is None:
        return []
    listed = Signup.objects.listed().filter(session=session)
    known = {by.pk, *listed.values_list("user", flat=True)}
    members = members_since(session.activity.team, session.date)
    return [member for member in members if member.pk not in known]


def walk_in_of(session: Session, *, phone: str, name: str, language: str) -> Person:
    """Whoever has the phone; at an event also a guest with that name.

    Raises:
        NoAccountError
    """
    user = User.objects.with_phone(phone)
    if user and user.is_active:
        return account(user)
    if session.activity.takes_guests and name:
        return Person(None, language, name, phone)
    raise NoAccountError


def _expected(signup: Signup, session: Session) -> int | None:
    """What should have come of it; None while nothing is kept: not come, not left, not over yet."""
    if signup.state != "attended" or not signup.kept_at:
        return None
    period = served_by(signup, session)
    return (period[1] - period[0]) // timedelta(minutes=1) if period else 0


def _minutes_of(session: Session) -> dict[int | None, int]:
    """{user: minutes in the ledger that the session's kind counts for}."""
    if session.activity.kind == ActivityKind.TRAINING:
        learned = TrainingEntry.objects.filter(session=session)
        return dict(learned.values_list("user", "minutes"))
    served = HourEntry.objects.filter(session=session, state__in=COUNTING)
    return dict(served.values_list("volunteer", "minutes"))


def _key() -> bytes:
    return lookup_hash("rotating", purpose="presence").encode()
