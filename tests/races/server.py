"""A real gunicorn on the test's database, and clients that are processes of their own."""

import http.client
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from tests.factories.house import house, wait_until

PATIENCE_SECONDS = 120


class Server:
    """A running gunicorn: where it listens, and its worker processes."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self._process = process

    def kill_workers(self) -> int:
        """SIGKILL the processes that serve; gunicorn's own starts others. How many there were."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        workers = [int(pid) for pid in children.read_text("ascii").split()]
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(workers)


@contextmanager
def running_server(var: Path) -> Iterator[Server]:
    """A gunicorn with four worker processes, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = {
        "PORT": str(port),
        "ALLOWED_HOSTS": "127.0.0.1",
        "CONN_MAX_AGE": "600",
        "WEB_WORKERS": "4",
        "WEB_THREADS": "4",
    }
    with house(var, **settings) as built:
        process = built.start("-m", "gunicorn", "--config", "gunicorn.conf.py")
        wait_until(lambda: _answers(port))
        yield Server(port, process)


def post_all_at_once(port: int, bodies: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Each body posted by its own process, all released at one moment: [(status, answer), ...]."""
    return at_once(_post, [(port, body) for body in bodies])


def post_until_answered(port: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """What a phone with a bad connection does: the same request until somebody answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            return _post(port, body)
        time.sleep(0.05)
    raise TimeoutError(body["key"])


def at_once(work: Callable[..., Any], arguments: list[tuple[Any, ...]]) -> list[Any]:
    """`work` done once for each arguments, each in its own process, all at one moment.

    They fork from a process that has read this module and has no connection: quicker than to begin
    64 times from nothing.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    barrier = context.Barrier(len(arguments))
    results: multiprocessing.Queue[Any] = context.Queue()
    processes = [
        context.Process(target=_released, args=(barrier, results, work, given))
        for given in arguments
    ]
    for process in processes:
        process.start()
    answers = [results.get(timeout=PATIENCE_SECONDS) for _ in processes]
    for process in processes:
        process.join()
    return answers


def _released(
    barrier: Barrier, results: Any, work: Callable[..., Any], given: tuple[Any, ...]
) -> None:
    barrier.wait(PATIENCE_SECONDS)
    try:
        results.put(work(*given))
    except Exception as error:  # noqa: BLE001 - the test must see every failure of a client
        results.put((0, {"code": repr(error)}))


def post_hours(port: int, token: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """One record of volunteer hours, sent with an access key."""
    return _send(port, "/api/v1/hours/", body, {"Authorization": f"Token {token}"})


def _post(port: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return _send(port, "/api/v1/bookings/", body, {"Idempotency-Key": body["key"]})


def _send(
    port: int, path: str, body: dict[str, Any], headers: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    with closing(connection) as client:
        client.request(
            "POST", path, json.dumps(body), {"Content-Type": "application/json", **headers}
        )
        response = client.getresponse()
        return response.status, json.loads(response.read())


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as client:
        try:
            client.request("GET", "/healthz")
            return client.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
