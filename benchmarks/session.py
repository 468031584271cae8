"""One run of bookings and memory: make the database, start the servers, measure, report."""

import json
import multiprocessing
import os
import platform
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from django.db import connection
from django.utils import timezone

from benchmarks import databases, hall, hours, needs, report, scene
from benchmarks.history import grow_to
from benchmarks.memory import measure_memory
from benchmarks.rates import CLIENTS, Scenario, compare
from benchmarks.run import Session

CONNECTIONS = [16, 64]
# As many as clients and workers: what shows is the work itself, not the queue for it.
GROWTH_CONNECTIONS = 2
FEW = 10_000


def run(session: Session, *, parts: list[str], output: Path) -> None:
    """Measure the parts and write what was found."""
    busy = os.getloadavg()[0]
    print(f"{platform.platform()}, {os.cpu_count()} CPUs, load {busy:.1f} before", flush=True)  # noqa: T201
    databases.recreate(session.base)
    scene.build()
    with ProcessPoolExecutor(CLIENTS, multiprocessing.get_context("spawn")) as clients:
        if {"rates", "growth"} & set(parts):
            measure_bookings(session, clients, parts)
        if "hall" in parts:
            hall.measure(session, clients)
        if "hours" in parts:
            hours.measure(session, clients)
        if "needs" in parts:
            needs.measure(session, clients)
    if "memory" in parts:
        memory = measure_memory(session.folder)
        session.keep([asdict(memory)], report.of_memory(memory), str(memory))
    write(session, output, busy)


def measure_bookings(session: Session, clients: ProcessPoolExecutor, parts: list[str]) -> None:
    """What booking costs, and what it costs after years."""
    scene.store_people()
    grow_to(session.base, FEW)
    reads, writes = scene.availability_requests(), list(scene.booking_requests())
    connection.close()  # Databases in use cannot be copied.
    if "rates" in parts:
        measure_rates(session, clients, reads, writes)
    if "growth" in parts:
        measure_growth(session, clients, reads, writes)


def measure_rates(
    session: Session, clients: ProcessPoolExecutor, reads: list[bytes], writes: list[bytes]
) -> None:
    """Ours and the yardsticks, on one copy of the database."""
    url = databases.copy(session.base, "rates")
    try:
        with ExitStack() as stack:
            ours = session.serve(stack, "ours", url)
            bare = session.serve(stack, "bare", url, "benchmarks.bare")
            hello = session.serve(stack, "hello", url, "benchmarks.hello")
            scenarios = [
                Scenario(report.BARE, bare, iter(writes * 2), 201),
                Scenario(report.BOOKING, ours, iter(writes), 201, most_per_second=1_500),
                Scenario(report.HELLO, hello, [scene.HELLO_REQUEST], 200),
                Scenario(report.AVAILABILITY, ours, reads, 200),
            ]
            for connections in CONNECTIONS:
                measured = compare(clients, scenarios, connections=connections, plan=session.plan)
                session.keep_rates(list(measured.values()), report.of_rates(measured))
    finally:
        databases.drop(url)


def measure_growth(
    session: Session, clients: ProcessPoolExecutor, reads: list[bytes], writes: list[bytes]
) -> None:
    """Reads and writes on a database for each number of past bookings, all in turns."""
    urls: dict[int, str] = {}
    try:
        for past in session.levels:
            urls[past] = databases.copy(urls[max(urls)] if urls else session.base, str(past))
            took = grow_to(urls[past], past)
            print(f"{past:,} past bookings in {took:.0f} s", flush=True)  # noqa: T201 - the purpose
        with ExitStack() as stack:
            read_scenarios, write_scenarios = [], []
            for past, url in urls.items():
                server = session.serve(stack, f"growth-{past}", url)
                read_scenarios.append(Scenario(f"availability, {past:,} past", server, reads, 200))
                write_scenarios.append(
                    Scenario(f"booking, {past:,} past", server, iter(writes), 201)
                )
            for scenarios in (read_scenarios, write_scenarios):
                found = compare(
                    clients, scenarios, connections=GROWTH_CONNECTIONS, plan=session.plan
                )
                rising = list(found.values())
                session.keep_rates(rising, report.of_growth(rising))
    finally:
        for url in urls.values():
            databases.drop(url)


def write(session: Session, output: Path, busy: float) -> None:
    """Everything found, as JSON: one file for each run, and latest.json."""
    now = timezone.localtime()
    text = json.dumps(
        {
            "at": now.isoformat(timespec="seconds"),
            "machine": platform.platform(),
            "cpus": os.cpu_count(),
            "load_before": busy,
            "quick": session.is_quick,
            "figures": session.rows,
            "targets": [target.as_json() for target in session.targets],
        },
        ensure_ascii=False,
        indent=2,
    )
    output.mkdir(parents=True, exist_ok=True)
    for name in (f"{now:%Y%m%d-%H%M%S}.json", "latest.json"):
        (output / name).write_text(text + "\n", encoding="utf-8")
    print(f"Written to {output}/latest.json", flush=True)  # noqa: T201 - the purpose
