"""Teams, their people, and what these did."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import factory
from factory.django import DjangoModelFactory

from lishui_center.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from volunteers.hours.actions import Service, record_hours
from volunteers.hours.models import HourEntry
from volunteers.teams.models import Membership, Team, TeamKind


class TeamFactory(DjangoModelFactory):
    """A vanguard team of the whole town."""

    class Meta:
        model = Team

    code = factory.Sequence(lambda number: f"team-{number}")
    kind = TeamKind.VANGUARD
    name_zh = "河涌巡护先锋队"
    name_en = "Creek patrol"


def member_of(team: Team, *, user: User | None = None, **membership: Any) -> User:
    """Somebody who belongs to the team since 2020."""
    membership.setdefault("starts_on", date(2020, 1, 1))
    user = user or UserFactory()
    Membership.objects.create(team=team, user=user, **membership)
    return user


def service(
    team: Team, *, ago: float = 3, hours: float = 2, pk: UUID | None = None, **more: Any
) -> Service:
    """Service that began `ago` hours before NOW and took `hours`."""
    start = NOW - timedelta(hours=ago)
    return Service(pk or uuid4(), team.code, start, start + timedelta(hours=hours), **more)


def recorded(volunteer: User, what: Service, *, now: datetime = NOW) -> HourEntry:
    return record_hours(volunteer=volunteer, service=what, now=now).entry
