"""Parts that go away and come back while people are served: real ones, behind a door that shuts."""

import http.client
import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from lishui_center.common.clock import today
from services.halls.access import kiosk_token
from services.tickets.models import Ticket
from tests.factories.hall import make_hall, walk_in
from tests.factories.house import database_url, house, wait_until
from tests.factories.proxy import Door, door_to
from tests.factories.services import open_day

pytestmark = pytest.mark.django_db(transaction=True)
CSRF = "a" * 32


@pytest.fixture
def pool() -> Any:
    """A pool that is open at this moment: the processes read the real clock."""
    pool = make_hall().pool
    open_day(pool, today(timezone.now()), first=0, end=96)
    return pool


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple[int, int]]]:
    """`start(REDIS_URL=...)`: pages and streams as processes; their ports."""
    houses = []

    def run(**settings: str) -> tuple[int, int]:
        pages, streams = free_port(), free_port()
        ports = {"PORT": str(pages), "UVICORN_PORT": str(streams), "ALLOWED_HOSTS": "127.0.0.1"}
        know_static_files(tmp_path / "static")
        building = house(tmp_path, CONN_MAX_AGE="600", **ports, **settings)
        built = building.__enter__()
        houses.append(building)
        built.start("-m", "gunicorn", "--config", "gunicorn.conf.py")
        built.start("-m", "uvicorn", "lishui_center.asgi:application", "--no-access-log")
        for port in (pages, streams):
            wait_until(lambda port=port: answers(port), seconds=60)
        return pages, streams

    yield run
    for building in houses:
        building.__exit__(None, None, None)


def know_static_files(root: Path) -> None:
    """Production's list of static files, each under its own name: collecting them takes a while."""
    names = [name for finder in get_finders() for name, _ in finder.list([])]
    root.mkdir()
    listed = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
    (root / "staticfiles.json").write_text(json.dumps(listed), "utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    try:
        return get(port, "/healthz").status == 200
    except OSError:
        return False


def get(port: int, path: str, form: dict[str, str] | None = None) -> Any:
    """The answer, its `text` read; with a form it is sent."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as client:
        headers = {"Cookie": f"csrftoken={CSRF}; django_language=en", "X-CSRFToken": CSRF}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Referer"] = f"http://127.0.0.1:{port}/the/form/"
        client.request("POST" if form else "GET", path, urlencode(form or {}), headers)
        answer = client.getresponse()
        answer.text = answer.read().decode()
        return answer


class Stream:
    """An open event stream of the hall."""

    def __init__(self, port: int, code: str) -> None:
        self._server = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._server.sendall(
            f"GET /events/hall/{code}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        )
        self._lines = self._server.makefile("rb")
        self.next()

    def next(self) -> None:
        """Return when it says that the hall changed; fails when it ends or stays silent."""
        while not (line := self._lines.readline()).startswith(b"data:"):
            assert line, "the stream ended"

    def close(self) -> None:
        self._lines.close()
        self._server.close()


def take(port: int, pool: Any, key: str) -> Any:
    """A number from the kiosk."""
    path = reverse("kiosk:number", args=[kiosk_token(pool.centre)])
    return get(port, path, {"pool": pool.code, "key": key})


def test_without_redis_numbers_are_given_and_streams_go_on(start, pool, redis_url):
    where = urlsplit(redis_url)
    with door_to(where.hostname, where.port) as door:
        pages, streams = start(REDIS_URL=f"redis://127.0.0.1:{door.port}{where.path}")
        with closing(Stream(streams, pool.centre.code)) as stream:
            take(pages, pool, "before")
            stream.next()

            door.shut()

            assert take(pages, pool, "after").status == 302
            stream.next()
            assert get(pages, reverse("boards:board", args=[pool.centre.code])).status == 200
            assert "broker" in get(pages, "/readyz").text
    assert Ticket.objects.count() == 2


@pytest.fixture
def door() -> Iterator[Door]:
    """Between the processes and PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file: there is no way to it that could be cut")
    where = connection.settings_dict
    with door_to(where["HOST"] or "127.0.0.1", int(where["PORT"] or 5432)) as door:
        yield door


def test_while_the_database_is_gone_pages_say_what_to_do_and_come_back(start, pool, door):
    at = re.sub(r"@[^/]*/", f"@127.0.0.1:{door.port}/", database_url())
    pages, streams = start(DATABASE_URL=at)
    board = reverse("boards:board", args=[pool.centre.code])
    with closing(Stream(streams, pool.centre.code)) as stream:
        assert get(pages, board).status == 200

        door.shut()

        gone = get(pages, board)
        assert (gone.status, gone.headers["Retry-After"]) == (503, "10")
        assert 'http-equiv="refresh"' in gone.text
        sent = take(pages, pool, "lost")
        assert sent.status == 503
        assert "/the/form/" in sent.text
        assert 'http-equiv="refresh"' not in sent.text
        assert '"unavailable"' in get(pages, "/api/v1/centres/").text
        assert get(pages, "/readyz").status == 503
        assert get(pages, "/healthz").status == 200

        door.open()

        wait_until(lambda: get(pages, board).status == 200)
        walk_in(pool, now=timezone.now())
        stream.next()
        assert take(pages, pool, "lost").status == 302
        assert get(pages, "/readyz").status == 200
    assert Ticket.objects.count() == 2
