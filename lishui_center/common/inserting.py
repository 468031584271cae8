"""Inserting rows on the hot path.

Every booking writes five tables. `bulk_create` composes each statement anew, which takes several
times longer than running it (three messages: 1.0 ms of CPU against 0.2).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


def insert(rows: Sequence[M], *, once: str = "") -> Sequence[M]:
    """Write new rows in one statement, in the caller's transaction, and give them their keys.

    Neither signals nor `save` run, and a column with a default in the database takes it.
    With `once`, the name of a unique column, rows whose value is there already are left out,
    and no keys are given.

    Raises:
        IntegrityError
    """
    if not rows:
        return rows
    model = type(rows[0])
    # The wrapper itself: reaching it through the proxy for every value costs more than the value.
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in _fields(model) if _is_given(field, rows)]
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    columns = tuple(str(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, columns, len(rows), once), values)
        if not once:
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
                row._state.adding = False
                row._state.db = connection.alias
    return rows


@lru_cache(maxsize=100)
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """All columns but the key and those the database fills."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    )


def _is_given(field: "Field[Any, Any]", rows: Sequence[Model]) -> bool:
    """Whether a row has a value: psycopg keeps a statement only up to 50 of them."""
    return not field.null or any(getattr(row, field.attname) is not None for row in rows)


@lru_cache(maxsize=200)
def _statement(model: type[Model], columns: tuple[str, ...], count: int, once: str) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    named = ", ".join(map(quote, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    end = f"ON CONFLICT ({quote(once)}) DO NOTHING" if once else "RETURNING id"
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({named}) VALUES {', '.join([row] * count)} {end}"  # noqa: S608 - names of ours
