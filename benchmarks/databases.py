"""Making, copying and dropping the databases under test: PostgreSQL only."""

from urllib.parse import urlsplit

import psycopg

ENDING = "_bench"


def recreate(url: str) -> None:
    """Drop the database and make it anew, empty."""
    drop(url)
    _on_server(url, f'CREATE DATABASE "{_name(url)}"')


def copy(url: str, prefix: str) -> str:
    """A copy of the database, which nobody may use meanwhile; answers the copy's URL."""
    target = urlsplit(url)._replace(path=f"/{prefix}_{_name(url)}").geturl()
    drop(target)
    _on_server(url, f'CREATE DATABASE "{_name(target)}" TEMPLATE "{_name(url)}"')
    return target


def drop(url: str) -> None:
    """Drop the database if there is one.

    Raises:
        SystemExit: it is not called "..._bench", so it may hold something of value.
    """
    if not _name(url).endswith(ENDING):
        raise SystemExit(f"A database to be dropped must be named ...{ENDING}: {_name(url)}")
    _on_server(url, f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')


def backends(url: str) -> list[int]:
    """The processes that serve the database, when it runs on this machine."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(_maintenance(url)) as server:
        return [row[0] for row in server.execute(query, [_name(url)]).fetchall()]


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _maintenance(url: str) -> str:
    return urlsplit(url)._replace(path="/postgres").geturl()


def _on_server(url: str, statement: str) -> None:
    with psycopg.connect(_maintenance(url), autocommit=True) as server:
        server.execute(statement.encode())
