"""Approved hours by the dozen, and stars at every step."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from volunteers.hours.models import Evidence, HourEntry, HourState, Source
from volunteers.recognition.models import AwardState, StarAward
from volunteers.teams.models import Team

LONGEST = 12
DAY = today(NOW)


def served(volunteer: User, team: Team, *, hours: int, by: User | None = None) -> list[HourEntry]:
    """Approved records of up to 12 hours, one a day, the latest yesterday."""
    by = by or UserFactory()
    entries = []
    for ago, done in enumerate(range(0, hours, LONGEST), start=1):
        start = NOW - timedelta(days=ago)
        minutes = 60 * min(LONGEST, hours - done)
        end = start + timedelta(minutes=minutes)
        entries.append(
            HourEntry(
                id=uuid4(),
                volunteer=volunteer,
                team=team,
                starts_at=start,
                ends_at=end,
                date=today(start),
                last_date=today(end),
                minutes=minutes,
                source=Source.VOLUNTEER,
                evidence=Evidence.STATEMENT,
                state=HourState.APPROVED,
                created_at=end,
                decided_by=by,
                decided_at=end,
            )
        )
    return HourEntry.objects.bulk_create(entries)


def star(volunteer: User, **more: Any) -> StarAward:
    """The first star, reached today."""
    terms = {"level": 1, "eligible_on": DAY, "minutes": 6000, **more}
    return StarAward.objects.create(volunteer=volunteer, **terms)


def announced(volunteer: User, *, by: User | None = None, over: bool = False) -> StarAward:
    """A star on public notice, or with the notice behind it."""
    begun = DAY - timedelta(days=9 if over else 1)
    return star(
        volunteer,
        state=AwardState.ANNOUNCED,
        announced_on=begun,
        notice_until=begun + timedelta(days=7),
        proposed_by=by or UserFactory(),
    )


def awarded(volunteer: User, *, level: int = 1) -> StarAward:
    """A star that was awarded yesterday."""
    award = announced(volunteer, over=True)
    award.level, award.state = level, AwardState.AWARDED
    award.awarded_on, award.awarded_by = DAY, UserFactory()
    award.save()
    return award
