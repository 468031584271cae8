"""Needs: the desk's board, those alike, a year's rates, and where the loop stops."""

import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date, timedelta
from statistics import quantiles

from django.db import connection
from django.utils import timezone

from benchmarks import report
from benchmarks.hall_scene import session_of
from benchmarks.needs_history import FIRST_REAL, grow_needs, link_projects, open_needs
from benchmarks.pages import Page, collect_static, look_at, queries_of
from benchmarks.report import Target
from benchmarks.run import Session
from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from lishui_center.common.clock import today
from services.centres.models import Centre
from services.intake.access import alike
from services.requests.models import Category
from volunteers.projects.models import Category as About
from volunteers.projects.models import Project, ProjectKind
from volunteers.projects.rules import State
from volunteers.teams.models import Team, TeamKind

PAST, PAST_QUICK = 1_000_000, 100_000
OPEN = 5_000
ALIKE = 100_000
TEAMS, PROJECTS = 90, 60
ASKED = 60
TEXT = "路灯坏了晚上看不清路，在88号旁边，请派人来看看"
PATHS = {
    "board": "/staff/needs/",
    "rates of a year": "/staff/needs/rates/?days=365",
    "rates of a month": "/staff/needs/rates/?days=30",
    "where the loop stops": "/staff/loop/",
}
LIMITS = {"board": 300, "rates of a year": 200, "rates of a month": 200}
QUERIES = {"board": 15}


def measure(session: Session, clients: ProcessPoolExecutor) -> None:
    """All on the one database: nothing here changes a need."""
    collect_static()
    past = PAST_QUICK if session.is_quick else PAST
    cookie = session_of(set_up())
    connection.close()
    took = grow_needs(session.base, past)
    open_needs(session.base, FIRST_REAL, OPEN)
    link_projects(session.base)
    print(f"{past:,} past needs in {took:.0f} s", flush=True)  # noqa: T201 - the purpose
    measure_pages(session, clients, cookie, past)
    open_needs(session.base, FIRST_REAL + OPEN, ALIKE - OPEN)
    measure_alike(session)
    connection.close()


def set_up() -> User:
    """Teams and projects at work, and an administrator who sees all; answers the latter."""
    day = today(timezone.now())
    admin = User.objects.create_user(email="admin@needs.bench.lishui")
    RoleGrant.objects.create(
        user=admin, role=Role.TOWN_ADMIN, scope=Scope.TOWN, valid_from=date(2020, 1, 1)
    )
    Team.objects.bulk_create(
        Team(code=f"needs-{n}", kind=TeamKind.VANGUARD, name_zh=f"先锋{n}队", name_en=f"Team {n}")
        for n in range(TEAMS)
    )
    lead = User.objects.create_user(email="lead@needs.bench.lishui")
    Project.objects.bulk_create(
        Project(
            code=f"needs-{n}",
            kind=ProjectKind.PIONEER,
            title_zh=f"村道照明{n}",
            category=About.INFRASTRUCTURE,
            summary="夜归路上有灯",
            target="补装20盏路灯",
            state=State.ACTIVE if n % 3 else State.APPROVED,
            starts_on=day - timedelta(days=90),
            ends_on=day + timedelta(days=90),
            created_at=timezone.now(),
            proposed_at=timezone.now(),
            approved_at=timezone.now(),
            proposed_by=lead,
            approved_by=admin,
            lead=lead,
        )
        for n in range(PROJECTS)
    )
    return admin


def measure_pages(session: Session, clients: ProcessPoolExecutor, cookie: str, past: int) -> None:
    """The board and the loop with 5,000 open needs, the rates over all past ones."""
    pages = [Page(name, path, cookie) for name, path in PATHS.items()]
    counted = {page.name: queries_of(page) for page in pages}
    connection.close()
    with ExitStack() as stack:
        server = session.serve(stack, "needs", session.base)
        found = look_at(clients, [(page, server) for page in pages])
    targets = []
    for name, measured in found.items():
        if name in LIMITS:
            what = f"p95 ms of {name}, {past:,} past, {OPEN:,} open"
            targets.append(Target(what, measured.p95_ms, LIMITS[name]))
        if name in QUERIES:
            targets.append(Target(f"queries of {name}", counted[name], QUERIES[name]))
    session.keep_rates(list(found.values()), targets)
    row: dict[str, object] = {"scenario": "queries", **counted}
    session.keep([row], [], report.line(row))


def measure_alike(session: Session) -> None:
    """What looks like one that is being reported, among 100,000 open and recent ones."""
    centres = list(Centre.objects.exclude(tier="station"))
    seconds = []
    for number in range(ASKED + 1):
        began = time.perf_counter()
        alike(
            centre=centres[number % len(centres)],
            category=Category.values[number % len(Category.values)],
            text=TEXT,
            now=timezone.now(),
        )
        seconds.append(time.perf_counter() - began)
    p95 = round(quantiles(seconds[1:], n=20)[-1] * 1000, 1)
    name = f"needs alike among {ALIKE:,}"
    row: dict[str, object] = {"scenario": name, "p95_ms": p95}
    session.keep([row], [Target(f"p95 ms of {name}", p95, 150)], report.line(row))
