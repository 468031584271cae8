"""The yardstick of writing: a bare WSGI app that does one INSERT for each request."""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

INSERT = "INSERT INTO bench_bare (body) VALUES (%s) RETURNING id"
own = threading.local()


def connection() -> psycopg.Connection:
    """One connection for each thread, kept."""
    if not hasattr(own, "connection"):
        own.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    kept: psycopg.Connection = own.connection
    return kept


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Store the body, answer its number."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    row = connection().execute(INSERT, [body.decode()]).fetchone()
    answer = b'{"id": %d}' % (row[0] if row else 0)
    start_response(
        "201 Created",
        [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))],
    )
    return [answer]
