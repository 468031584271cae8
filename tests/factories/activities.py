"""Activities with sessions, and people who come."""

from datetime import datetime, timedelta
from typing import Any

from lishui_center.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, CentreFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.activities.models import (
    Activity,
    ActivityKind,
    ActivityState,
    Session,
)
from volunteers.signups.actions import Person, account, sign_up
from volunteers.signups.models import Signup
from volunteers.teams.models import MemberRole, Team

TOMORROW = NOW + timedelta(days=1)


def make_activity(
    kind: ActivityKind = ActivityKind.SERVICE, *, team: Team | None = None, **fields: Any
) -> Activity:
    """A published activity of a team of the town centre, made a week ago."""
    centre = CentreFactory()
    team = team or TeamFactory(centre=centre)
    return Activity.objects.create(
        code=fields.pop("code", f"act-{Activity.objects.count()}"),
        kind=kind,
        centre=centre,
        team=team,
        title_zh="长者智能手机课堂",
        title_en="Phones for elders",
        about_zh="一对一教用手机。",
        created_at=NOW - timedelta(days=7),
        **{"state": ActivityState.PUBLISHED, **fields},
    )


def make_session(
    activity: Activity | None = None,
    *,
    start: datetime = TOMORROW,
    hours: float = 2,
    capacity: int = 2,
    **fields: Any,
) -> Session:
    """A session of two places, tomorrow from 10:00 to 12:00; the sign-up closes at its start."""
    return Session.objects.create(
        activity=activity or make_activity(),
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        date=(start + timedelta(hours=8)).date() if start.utcoffset() is None else start.date(),
        capacity=capacity,
        signup_closes_at=fields.pop("closes", start),
        **fields,
    )


def running(kind: ActivityKind = ActivityKind.SERVICE, **fields: Any) -> Session:
    """A session that began an hour before NOW and takes two hours."""
    return make_session(make_activity(kind), start=NOW - timedelta(hours=1), **fields)


def leader_of(session: Session) -> User:
    """A leader of the session's team."""
    return member_of(session.activity.team, role=MemberRole.LEADER)


def joined(session: Session, user: User | None = None, *, now: datetime | None = None) -> Signup:
    """The sign-up of an account, made in time: a day before the session unless told."""
    at = now or session.starts_at - timedelta(days=1)
    return sign_up(session_id=session.pk, person=account(user or UserFactory()), now=at)


def guest(number: int = 1) -> Person:
    """Somebody without an account."""
    return Person(None, "zh-hans", "李阿婆", f"1390000{number:04d}")
