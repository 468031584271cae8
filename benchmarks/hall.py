"""The hall: a day of 41 halls, calling the next of 2,000, boards and phones kept up to date."""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import connection

from benchmarks import databases, hall_live, hall_scene, report, scene
from benchmarks.hall_action import call_directly, p95_ms
from benchmarks.hall_clerks import Shift, call_all
from benchmarks.hall_day import Clerks, Kiosk, give_numbers, serve_day
from benchmarks.hall_history import fill_queues, grow_tickets
from benchmarks.hall_proof import faults_of_day
from benchmarks.load import merge
from benchmarks.processes import Server, cpu_seconds
from benchmarks.rates import CLIENTS, Measured, Round
from benchmarks.run import Session
from lishui_center.common.encryption import lookup_hash, seal
from services.windows.models import WindowSession

FEW, MANY, MANY_QUICK = 10_000, 1_000_000, 100_000
WAITING = 2_000
# The queue must not run dry, so nobody calls faster than it was filled for.
MOST_PER_SECOND = 40
TICKETS, TICKETS_QUICK = 10_000, 1_500
KIOSKS, DESKS = 2, 4


def measure(session: Session, clients: ProcessPoolExecutor) -> None:
    """All three, each on a copy of the halls."""
    hall_scene.open_halls()
    places = hall_live.choose_places()
    clerks = WindowSession.objects.filter(window__centre__code="town", window__pool__code="B")
    pool_id = clerks[0].window.pool_id
    sessions = list(clerks.select_related("clerk")[: CLIENTS + 1])
    cookies = [hall_scene.session_of(row.clerk) for row in sessions[:CLIENTS]]
    third = sessions[CLIENTS].clerk_id
    people = list(WindowSession.objects.order_by("pk").values_list("clerk", flat=True))
    connection.close()  # Databases in use cannot be copied.
    measure_day(session, people)
    grow_tickets(session.base, FEW)
    measure_calls(session, clients, Desks(pool_id, third, cookies))
    hall_live.measure(session, places)


def measure_day(session: Session, clerk_ids: list[int]) -> None:
    """Ten thousand people of one day, by kiosks and clerks as processes without servers."""
    url, count = databases.copy(session.base, "day"), TICKETS
    if session.is_quick:
        count = TICKETS_QUICK
    began = time.monotonic()
    pools = sorted(WindowSession.objects.values_list("window__pool", flat=True).distinct())
    connection.close()
    try:
        with ProcessPoolExecutor(KIOSKS + DESKS, multiprocessing.get_context("spawn")) as processes:
            kiosks = [
                processes.submit(give_numbers, Kiosk(url, f"kiosk-{n}", pools, count // KIOSKS))
                for n in range(KIOSKS)
            ]
            desks = [
                processes.submit(serve_day, Clerks(url, f"desks-{n}", clerk_ids[n::DESKS], count))
                for n in range(DESKS)
            ]
            given = [kiosk.result() for kiosk in kiosks]
            calls = [desk.result() for desk in desks]
        took = time.monotonic() - began
        with _looking_at(url):
            faults = faults_of_day(given, calls)
    finally:
        databases.drop(url)
    row: dict[str, object] = {
        "scenario": "a day of 41 halls",
        "tickets": count,
        "calls": sum(len(calls_of) for calls_of in calls),
        "seconds": round(took),
        "faults": faults[:20],
    }
    session.keep([row], report.of_day(faults), report.line(row))


@dataclass(frozen=True)
class Desks:
    """Clerks of one pool: who calls without HTTP, and the sessions of those who call over it."""

    pool_id: int
    clerk_id: int
    cookies: list[str]


def measure_calls(session: Session, clients: ProcessPoolExecutor, desks: Desks) -> None:
    """Clerks call from one queue of 2,000, after few and after many past tickets.

    The action by itself first, then two clerks over HTTP at once, in turns.
    """
    plan = session.plan
    calls = round(plan.rounds * plan.seconds + plan.warm_up_seconds) * MOST_PER_SECOND
    urls: dict[int, str] = {}
    try:
        for past in (FEW, MANY_QUICK if session.is_quick else MANY):
            urls[past] = databases.copy(urls[max(urls)] if urls else session.base, str(past))
            took = grow_tickets(urls[past], past)
            print(f"{past:,} past tickets in {took:.0f} s", flush=True)  # noqa: T201 - the purpose
        phone = seal(scene.phone(0)), lookup_hash(scene.phone(0))
        for url in urls.values():
            fill_queues(url, [desks.pool_id], WAITING + calls, phone)
        measure_action(session, urls, desks.clerk_id)
        with ExitStack() as stack:
            servers = {
                past: session.serve(stack, f"hall-{past}", url) for past, url in urls.items()
            }
            measured = {
                past: Measured(f"call next, {past:,} past", CLIENTS, 200) for past in servers
            }
            for number in range(plan.rounds + 1):
                seconds = plan.seconds if number else plan.warm_up_seconds
                for past in sorted(servers, reverse=bool(number % 2)):
                    once = call(clients, servers[past], desks.cookies, seconds)
                    measured[past].rounds += [once] if number else []
        rising = list(measured.values())
        session.keep_rates(rising, report.of_calls(rising))
    finally:
        for url in urls.values():
            databases.drop(url)


def measure_action(session: Session, urls: dict[int, str], clerk_id: int) -> None:
    """Finish-and-call without HTTP and page, on each database."""
    for past, url in urls.items():
        name = f"call next, the action alone, {past:,} past"
        p95 = p95_ms(call_directly(url, clerk_id))
        row: dict[str, object] = {"scenario": name, "p95_ms": p95}
        session.keep([row], [report.Target(f"p95 ms of {name}", p95, 50)], report.line(row))


def call(clients: ProcessPoolExecutor, server: Server, cookies: list[str], seconds: float) -> Round:
    """Each clerk calls as fast as the answers come, with the CPU that this took."""
    most = round(seconds * MOST_PER_SECOND / len(cookies))
    shifts = [Shift(server.port, [cookie], seconds, most) for cookie in cookies]
    workers, backends = server.workers(), server.backends()
    before = cpu_seconds(workers), cpu_seconds(backends)
    outcome = merge([calls.outcome for calls in clients.map(call_all, shifts)])
    return Round(outcome, cpu_seconds(workers) - before[0], cpu_seconds(backends) - before[1])


@contextmanager
def _looking_at(url: str) -> Iterator[None]:
    """Our own queries go to that database instead."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = urlsplit(url).path.lstrip("/")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
