"""Pages as a signed-in browser asks for them: over HTTP in turns, and the queries of each."""

import logging
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.load import Job, Outcome, run
from benchmarks.processes import Server, cpu_seconds
from benchmarks.rates import Measured, Round
from benchmarks.scene import request

ROUNDS, SECONDS, WARM_UP_SECONDS = 3, 1.5, 0.7


@dataclass(frozen=True)
class Page:
    """What is asked for, and by whom: `cookie` is a session's."""

    name: str
    path: str
    cookie: str

    @property
    def sent(self) -> bytes:
        """The request as it goes over the wire."""
        return request("GET", self.path, headers={"Cookie": f"sessionid={self.cookie}"})


def collect_static() -> None:
    """Pages name their files by what is in them: without these there is no page."""
    call_command("collectstatic", interactive=False, verbosity=0)


def look_at(clients: ProcessPoolExecutor, pages: list[tuple[Page, Server]]) -> dict[str, Measured]:
    """Each page on one connection, in turns; the first turn only warms up."""
    measured = {page.name: Measured(page.name, 1, 200) for page, _server in pages}
    for number in range(ROUNDS + 1):
        for page, server in pages if number % 2 == 0 else pages[::-1]:
            once = _round(clients, page, server, SECONDS if number else WARM_UP_SECONDS)
            measured[page.name].rounds += [once] if number else []
    return measured


def queries_of(page: Page) -> int:
    """How many queries the page takes, session and sign-in included; asked twice, counted once."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = page.cookie
    logging.disable(logging.INFO)  # a line for each request, amid the figures
    client.get(page.path)
    with CaptureQueriesContext(connection) as made:
        answer = client.get(page.path)
    logging.disable(logging.NOTSET)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{page.path} answers {answer.status_code}")
    return len(made)


def _round(clients: ProcessPoolExecutor, page: Page, server: Server, seconds: float) -> Round:
    workers, backends = server.workers(), server.backends()
    before = cpu_seconds(workers), cpu_seconds(backends)
    job = Job(server.port, 1, seconds, [page.sent], repeat=True)
    outcome: Outcome = clients.submit(run, job).result()
    return Round(outcome, cpu_seconds(workers) - before[0], cpu_seconds(backends) - before[1])
