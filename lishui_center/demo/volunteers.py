"""What volunteers did: in one team a week of hours, the latest waiting for its leader."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from lishui_center.demo.hours import make_hour_matters
from lishui_center.demo.places import Network
from lishui_center.demo.teams import TeamPeople, make_teams
from volunteers.hours.actions import Service, record_hours
from volunteers.hours.deciding import approve_all
from volunteers.teams.models import Team

SEED = 45_140
DONE = ["巡河清漂", "护学岗执勤", "陪老人办社保卡", "清理楼道杂物", "入户走访"]
STARTS = [36, 38, 60, 76]
DAYS_AGO = range(9, 0, -1)
UNDECIDED_DAYS = 3
MORNING = 32
"""08:00."""


def make_volunteers(network: Network, users: dict[str, User], *, now: datetime) -> list[TeamPeople]:
    """All teams; in the town centre's, people with a week of hours, the latest undecided."""
    teams = make_teams(network, users, now=now)
    first = teams[0]
    people = [person for person in first.everybody if person not in users.values()]
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    for ago in DAYS_AGO:
        day = now - timedelta(days=ago)
        morning_after = min(moment(today(day) + timedelta(days=1), MORNING), now)
        kept = [
            _serve(person, first.team, day, rng, morning_after)
            for person in (users["volunteer"], *people[: rng.randint(3, len(people))])
        ]
        if ago > UNDECIDED_DAYS:
            later = morning_after + timedelta(hours=ago)
            approve_all(team=first.team, entry_ids=kept, by=users["leader"], now=later)
    make_hour_matters(first.team, people, users, now=now)
    return teams


def _serve(person: User, team: Team, day: datetime, rng: Random, now: datetime) -> UUID:
    start = moment(today(day), rng.choice(STARTS))
    service = Service(
        id=UUID(int=rng.getrandbits(128), version=4),
        team=team.code,
        start=start,
        end=start + timedelta(minutes=rng.choice([60, 90, 120, 150])),
        note=rng.choice(DONE),
    )
    return record_hours(volunteer=person, service=service, now=now).entry.pk
