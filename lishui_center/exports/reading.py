"""A list's rows, a batch at a time.

The keys are read once, in the list's order; the rows follow by their keys. So no query stays open
while a slow reader takes the file: on SQLite an open one would keep the worker from noting its
progress, on PostgreSQL it would hold all rows in the server.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import AutoField, QuerySet

BATCH = 500


def keys_of(rows: QuerySet[Any], *, most: int | None = None) -> Sequence[Any]:
    """The keys in the list's order, `most` of them or all: eight bytes a row for numbers."""
    keys = rows.prefetch_related(None).values_list("pk", flat=True)
    found = (keys if most is None else keys[:most]).iterator()
    return array("q", found) if isinstance(rows.model._meta.pk, AutoField) else list(found)


def batches(rows: QuerySet[Any], keys: Sequence[Any]) -> Iterator[list[Any]]:
    """The rows as they are now, with what the list loads; those gone meanwhile are left out."""
    unordered = rows.order_by()
    for first in range(0, len(keys), BATCH):
        some = keys[first : first + BATCH]
        found = {row.pk: row for row in unordered.filter(pk__in=list(some))}
        yield [found[key] for key in some if key in found]
