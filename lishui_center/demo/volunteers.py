"""Teams of every centre, and one with people whose hours wait for its leader."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from lishui_center.demo.hours import make_hour_matters
from lishui_center.demo.places import Network
from lishui_center.demo.residents import chinese_name
from services.centres.models import Centre
from volunteers.hours.actions import Service, record_hours
from volunteers.hours.deciding import approve_all
from volunteers.teams.models import MemberRole, Membership, Team, TeamKind

SEED = 45_140
TOPICS = [
    ("creek", "河涌巡护先锋队", "Creek patrol vanguard"),
    ("night", "夜归人守护先锋队", "Late-return companions"),
    ("school", "护学先锋队", "School-gate vanguard"),
    ("digital", "智慧助老先锋队", "Digital help for elders"),
]
MEMBERS = 10
DONE = ["巡河清漂", "护学岗执勤", "陪老人办社保卡", "清理楼道杂物", "入户走访"]
STARTS = [36, 38, 60, 76]
DAYS_AGO = range(9, 0, -1)
UNDECIDED_DAYS = 3
MORNING = 32
"""08:00."""


def make_volunteers(network: Network, users: dict[str, User], *, now: datetime) -> None:
    """45 teams; in the town centre's, ten people with a week of hours, the latest undecided."""
    places = [network.town, *network.communities]
    teams = Team.objects.bulk_create([_team_of(place) for place in places] + _town_wide())
    people = _people(now)
    since = today(now) - timedelta(days=400)
    _join(teams[0], users["leader"], MemberRole.LEADER, since)
    for person in (users["volunteer"], *people):
        _join(teams[0], person, MemberRole.MEMBER, since)
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    for ago in DAYS_AGO:
        day = now - timedelta(days=ago)
        morning_after = min(moment(today(day) + timedelta(days=1), MORNING), now)
        kept = [
            _serve(person, teams[0], day, rng, morning_after)
            for person in (users["volunteer"], *people[: rng.randint(3, MEMBERS)])
        ]
        if ago > UNDECIDED_DAYS:
            later = morning_after + timedelta(hours=ago)
            approve_all(team=teams[0], entry_ids=kept, by=users["leader"], now=later)
    make_hour_matters(teams[0], people, users, now=now)


def _team_of(place: Centre) -> Team:
    return Team(
        code=f"{place.code}-vanguard",
        centre=place,
        kind=TeamKind.VANGUARD,
        name_zh=f"{place.short_name_zh}先锋队",
        name_en=f"{place.short_name_en} vanguard",
    )


def _town_wide() -> list[Team]:
    return [
        Team(code=code, kind=TeamKind.VANGUARD, name_zh=chinese, name_en=english)
        for code, chinese, english in TOPICS
    ]


def _people(now: datetime) -> list[User]:
    rng = Random(SEED)  # noqa: S311 - as above
    joined = now - timedelta(days=400)
    people = [
        User(
            email=f"volunteer-{number}@demo.lishui",
            display_name=chinese_name(rng),
            password=make_password(None),
            is_demo=True,
            joined_at=joined,
        )
        for number in range(1, MEMBERS + 1)
    ]
    return User.objects.bulk_create(people)


def _join(team: Team, user: User, role: MemberRole, since: date) -> None:
    Membership.objects.create(team=team, user=user, role=role, starts_on=since)


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
