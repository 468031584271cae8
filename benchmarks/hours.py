"""Volunteer hours: 500 phones that send at the end of one evening; nothing lost, nothing twice."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from django.utils import timezone

from benchmarks import databases, hours_pages, report
from benchmarks.load import Job, Outcome, merge, run
from benchmarks.rates import CLIENTS
from benchmarks.run import Session
from benchmarks.scene import request
from lishui_center.accounts.models import User
from lishui_center.api.tokens.actions import make_token
from lishui_center.common.clock import today
from volunteers.teams.models import Membership, Team, TeamKind

PHONES = 500
WITHIN_SECONDS = (0, 10)
"""All in one instant, and within the ten seconds in which people put their phones away."""
TEAMS = 45


def measure(session: Session, clients: ProcessPoolExecutor) -> None:
    """Each evening on a fresh copy, by the API with an access key a phone; then the pages."""
    tokens = gather_volunteers()
    connection.close()  # Databases in use cannot be copied.
    for seconds in WITHIN_SECONDS:
        url = databases.copy(session.base, f"hours{seconds}")
        try:
            measure_evening(session, clients, url, tokens, seconds)
        finally:
            databases.drop(url)
    hours_pages.measure(session, clients)


def gather_volunteers() -> dict[str, str]:
    """{access key: team's code} of 500 people in 45 teams."""
    now = timezone.now()
    teams = [
        Team.objects.create(
            code=f"bench-{number}", kind=TeamKind.VANGUARD, name_zh="先锋队", name_en="Vanguard"
        )
        for number in range(TEAMS)
    ]
    tokens = {}
    for number in range(PHONES):
        person = User.objects.create_user(email=f"volunteer-{number}@bench.lishui")
        team = teams[number % TEAMS]
        Membership.objects.create(
            team=team, user=person, starts_on=today(now) - timedelta(days=400)
        )
        tokens[make_token(user=person, now=now)] = team.code
    return tokens


def measure_evening(
    session: Session,
    clients: ProcessPoolExecutor,
    url: str,
    tokens: dict[str, str],
    seconds: int,
) -> None:
    """Everybody sends two hours of service, once."""
    posts = {uuid4(): (token, team) for token, team in tokens.items()}
    requests = [post(key, token, team) for key, (token, team) in posts.items()]
    with ExitStack() as stack:
        server = session.serve(stack, f"hours-{seconds}", url)
        warm = [request("GET", "/api/v1/hours/")] * 40
        clients.submit(run, Job(server.port, 4, 10, warm)).result()
        jobs = [
            Job(server.port, PHONES // CLIENTS, 120, requests[n::CLIENTS], spread=float(seconds))
            for n in range(CLIENTS)
        ]
        outcome = merge(list(clients.map(run, jobs)))
    name = f"{PHONES} records within {seconds} s" if seconds else f"{PHONES} records at once"
    keep(session, name, outcome, lost_or_doubled(url, list(posts)))


def post(key: UUID, token: str, team: str) -> bytes:
    """One phone's record: the last two hours."""
    end = timezone.now().replace(second=0, microsecond=0)
    body = {
        "id": str(key),
        "team": team,
        "start": (end - timedelta(hours=2)).isoformat(),
        "end": end.isoformat(),
        "note": "河涌巡护",
    }
    return request("POST", "/api/v1/hours/", body, {"Authorization": f"Token {token}"})


def lost_or_doubled(url: str, sent: Sequence[UUID]) -> int:
    """How many of the records are not there exactly once."""
    with psycopg.connect(url) as database:
        rows = database.execute("SELECT id FROM volunteers_hourentry").fetchall()
    found = Counter(row[0] for row in rows)
    return sum(found[key] != 1 for key in sent) + len(set(found) - set(sent))


def keep(session: Session, name: str, outcome: Outcome, wrong: int) -> None:
    """The figures, and the targets of issue 4."""
    p50, p95 = (
        round(sorted(outcome.latencies)[int(len(outcome.latencies) * share)] * 1000)
        for share in (0.5, 0.95)
    )
    row: dict[str, object] = {
        "scenario": name,
        "p50_ms": p50,
        "p95_ms": p95,
        "seconds": round(outcome.elapsed, 2),
        "answers": dict(outcome.statuses),
    }
    targets = [
        report.Target(f"p95 ms of {name}", p95, 1000),
        report.Target(f"lost or doubled of {name}", wrong, 0),
    ]
    session.keep([row], targets, report.line(row))
