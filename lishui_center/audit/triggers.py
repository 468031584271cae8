"""The database's own guard of the trail: rows are never changed, and stay for the retention.

Content is frozen from the first moment; removing is refused once a row is sealed, seconds later.

The triggers stop our own mistakes and anyone who has only the application's means. Whoever owns the
database can drop them: against him stands the hash chain, whose last hash is to be kept elsewhere.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

CONTENT = (
    *("id", "at", "actor_id", "actor_label", "action", "target_type", "target_id"),
    *("centre_id", "reason", "ok", "facts", "address"),
)

SQLITE_INSTALL = (
    f"""
    CREATE TRIGGER audit_event_keep BEFORE UPDATE ON audit_event
    WHEN OLD.position IS NOT NULL OR {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in CONTENT)}
    BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END
    """,
    """
    CREATE TRIGGER audit_event_stay BEFORE DELETE ON audit_event
    WHEN OLD.position IS NOT NULL AND OLD.at > datetime('now', '-365 days')
    BEGIN SELECT RAISE(ABORT, 'audit events stay for 365 days'); END
    """,
)
SQLITE_REMOVE = (
    "DROP TRIGGER IF EXISTS audit_event_keep",
    "DROP TRIGGER IF EXISTS audit_event_stay",
)

POSTGRESQL_INSTALL = (
    f"""
    CREATE FUNCTION audit_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.position IS NOT NULL
            OR {" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in CONTENT)}
        THEN RAISE EXCEPTION 'audit events are never changed'
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION audit_event_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.position IS NOT NULL AND OLD.at > now() - interval '365 days'
        THEN RAISE EXCEPTION 'audit events stay for 365 days'
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER audit_event_keep BEFORE UPDATE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_keep()
    """,
    """
    CREATE TRIGGER audit_event_stay BEFORE DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_stay()
    """,
)
POSTGRESQL_REMOVE = (
    "DROP TRIGGER IF EXISTS audit_event_keep ON audit_event",
    "DROP TRIGGER IF EXISTS audit_event_stay ON audit_event",
    "DROP FUNCTION IF EXISTS audit_event_keep()",
    "DROP FUNCTION IF EXISTS audit_event_stay()",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard in place."""
    _execute(connection, SQLITE_INSTALL, POSTGRESQL_INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away."""
    _execute(connection, SQLITE_REMOVE, POSTGRESQL_REMOVE)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No guard meanwhile: to empty a demo or test system, the trail included."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _execute(
    connection: BaseDatabaseWrapper, sqlite: Iterable[str], postgresql: Iterable[str]
) -> None:
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)
