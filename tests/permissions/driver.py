"""Trying one act of the matrix as one person, over HTTP, and undoing it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.permissions.scene import Scene
from tests.permissions.table import ROLES, Cell, Row

WRITING = ("INSERT", "UPDATE", "DELETE")
SESSIONS = "django_session"
"""Every request may keep one awake; one that goes is told, for that is how one signs out."""

ABSENT = {HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED}
REFUSED = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
DONE = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.FOUND}


class Writes:
    """The tables that were written to, without what was rolled back since."""

    def __init__(self) -> None:
        self.tables: list[str] = []
        self._points: dict[str, int] = {}

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
    ) -> Any:
        """Look at one statement on its way to the database."""
        result = execute(sql, params, many, context)
        words = sql.split(None, 3)
        if sql.startswith("SAVEPOINT"):
            self._points[words[1]] = len(self.tables)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del self.tables[self._points[words[3]] :]
        elif words[0] in WRITING and (words[0] == "INSERT" or context["cursor"].rowcount):
            table = words[1 if words[0] == "UPDATE" else 2].strip('"')
            self.tables += [table] if table != SESSIONS or words[0] == "DELETE" else []
        return result


def tried_by_all(scene: Scene, row: Row) -> dict[str, Cell | str]:
    """{role: what became of it}, each from the same start."""
    with _undone(), scene.after(row.steps):
        return {role: tried(scene, row, role) for role in ROLES}


def tried(scene: Scene, row: Row, role: str) -> Cell | str:
    """A cell of the table, or words for what no cell may be."""
    with _undone() as writes:
        client = _client(scene, role)
        address = _address(scene, row)
        if row.method == "GET":
            return _outcome(client.get(address), writes, is_reading=True)
        seen = None
        if row.method == "FORM":
            seen = _outcome(client.get(address), writes, is_reading=True)
            del writes.tables[:]
        done = _outcome(_send(client, address, scene, row), writes, is_reading=False)
        # A page may leave out, as well as show, what it refuses in words.
        is_one_story = seen in (None, done) or done == Cell.NO
        return done if is_one_story else f"page {seen}, sent {done}"


def takes_no_post(scene: Scene, row: Row, role: str) -> bool:
    """Whether a page that is only looked at refuses to be sent anything."""
    with _undone():
        answer = _client(scene, role).post(_address(scene, row))
        return answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED


@contextmanager
def _undone() -> Iterator[Writes]:
    writes = Writes()
    for kept in caches.all():
        kept.clear()
    with transaction.atomic(), connection.execute_wrapper(writes):
        yield writes
        transaction.set_rollback(True)


def _client(scene: Scene, role: str) -> Client:
    """As on the first visit: a request may have signed the person out."""
    client, cookies = scene.clients[role]
    client.cookies = SimpleCookie(cookies)
    return client


def _address(scene: Scene, row: Row) -> str:
    given = [part.format_map(scene.keys) for part in row.given]
    query = "".join(part for part in given if part.startswith("?"))
    return reverse(row.name, args=[part for part in given if not part.startswith("?")]) + query


def _send(client: Client, address: str, scene: Scene, row: Row) -> HttpResponseBase:
    """Send the form; where that shows what it would touch, send it again as the page does."""
    sent: dict[str, Any] = {}
    for name, value in row.sent:
        key = name.format_map(scene.keys)
        sent.setdefault(key, []).append(
            scene.file(value[1:]) if value.startswith("@") else value.format_map(scene.keys)
        )
    if row.method == "JSON":
        words = {name: values[0] for name, values in sent.items()}
        return client.post(address, words, content_type="application/json")
    answer = client.post(address, sent)
    effect = getattr(answer, "context", None) and answer.context.get("effect")
    if effect is None:
        return answer
    return client.post(address, sent | {"step": "apply", "expected": effect.fingerprint})


def _outcome(answer: HttpResponseBase, writes: Writes, *, is_reading: bool) -> Cell | str:
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is open until it is read
    status, tables = answer.status_code, writes.tables
    if status in ABSENT or _asks_to_sign_in(answer):
        return f"absent, and yet {tables}" if tables else Cell.ABSENT
    if is_reading:
        return Cell.YES if status == HTTPStatus.OK else f"page {status}"
    if status in DONE and tables:
        return Cell.YES
    is_refusal = status in REFUSED | DONE and not tables
    return Cell.NO if is_refusal else f"sent {status}, {tables}"


def _asks_to_sign_in(answer: HttpResponseBase) -> bool:
    """As pages do, and as the API does, which has no page to send people to."""
    is_json = answer.get("Content-Type", "").startswith("application/json")
    is_shut = is_json and answer.status_code == HTTPStatus.FORBIDDEN
    return is_shut or "/login/" in answer.get("Location", "")
