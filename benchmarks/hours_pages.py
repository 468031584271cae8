"""The pages of the ledger of hours, with 10 thousand and with 1 million records."""

import hashlib
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from benchmarks import databases, report
from benchmarks.hall_scene import session_of
from benchmarks.hours_history import EACH, FIRST_PERSON, grow_hours
from benchmarks.pages import Page, collect_static, look_at
from benchmarks.run import Session
from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from lishui_center.common.clock import today
from services.centres.models import Centre
from volunteers.teams.models import MemberRole, Membership, Team, TeamKind

FEW, MANY, MANY_QUICK = 10_000, 1_000_000, 100_000
TEAMS = 45
TOWN_WIDE = 5
"""So many teams have no centre: the office decides on their records."""
WHOSE = 2
"""The person whose own page is asked for; belongs to the team of that number."""


def measure(session: Session, clients: ProcessPoolExecutor) -> None:
    """Each page on both databases, in turns."""
    collect_static()
    leader = set_up()
    grow_hours(session.base, FEW, leader.pk)
    pages = sign_in(leader)
    connection.close()  # Databases in use cannot be copied.
    many = MANY_QUICK if session.is_quick else MANY
    urls = {FEW: databases.copy(session.base, "ledger-few")}
    try:
        urls[many] = databases.copy(urls[FEW], "ledger-many")
        took = grow_hours(urls[many], many, leader.pk)
        print(f"{many:,} records of hours in {took:.0f} s", flush=True)  # noqa: T201 - the purpose
        with ExitStack() as stack:
            servers = {n: session.serve(stack, f"ledger-{n}", url) for n, url in urls.items()}
            found = look_at(
                clients,
                [
                    (Page(f"{page.name}, {n:,} records", page.path, page.cookie), server)
                    for page in pages
                    for n, server in servers.items()
                ],
            )
        rising = list(found.values())
        targets = [
            target
            for few, more in zip(rising[::2], rising[1::2], strict=True)
            for target in report.of_growth([few, more])
        ]
        session.keep_rates(rising, targets)
    finally:
        for url in urls.values():
            databases.drop(url)


def set_up() -> User:
    """Teams of the communities, some of the whole town; answers the leader of the first."""
    places = list(Centre.objects.filter(tier="community").order_by("code"))
    teams = Team.objects.bulk_create(
        Team(
            code=f"ledger-{n}",
            kind=TeamKind.VANGUARD,
            name_zh=f"先锋{n}队",
            name_en=f"Team {n}",
            centre=places[n % len(places)] if n < TEAMS - TOWN_WIDE else None,
        )
        for n in range(TEAMS)
    )
    leader = User.objects.create_user(email="leader@ledger.bench.lishui")
    began = today(timezone.now()) - timedelta(days=2_000)
    Membership.objects.create(team=teams[0], user=leader, role=MemberRole.LEADER, starts_on=began)
    return leader


def sign_in(leader: User) -> list[Page]:
    """The pages with their readers; the volunteer is one of those with records."""
    admin = _staff(Role.TOWN_ADMIN, None)
    team = Team.objects.get(code="ledger-0")
    manager = _staff(Role.CENTRE_MANAGER, team.centre_id)
    volunteer = User.objects.get(pk=FIRST_PERSON + WHOSE)
    Membership.objects.create(
        team=Team.objects.get(code=f"ledger-{WHOSE}"), user=volunteer, starts_on=date(2020, 1, 1)
    )
    town, centre, own = session_of(admin), session_of(manager), session_of(volunteer)
    record = UUID(hashlib.md5(f"ledger-{WHOSE * EACH}".encode()).hexdigest())  # noqa: S324 - as SQL has it
    return [
        Page("own hours", "/volunteer/", own),
        Page("own record with its history", f"/volunteer/hours/{record}/", own),
        Page("a team's to decide", "/volunteer/teams/ledger-0/hours/", session_of(leader)),
        Page("what waits for the office", "/staff/hours/", town),
        Page("all records, town", "/staff/hours/ledger/", town),
        Page("all records, a centre", "/staff/hours/ledger/", centre),
        Page("all records, a team", "/staff/hours/ledger/?team=ledger-0", centre),
    ]


def _staff(role: Role, centre_id: int | None) -> User:
    user = User.objects.create_user(email=f"{role.value}@ledger.bench.lishui")
    RoleGrant.objects.create(
        user=user,
        role=role,
        scope=Scope.CENTRE if centre_id else Scope.TOWN,
        scope_id=centre_id,
        valid_from=date(2020, 1, 1),
    )
    return user
