"""Making one export: what the worker does between claiming it and having the file there."""

import logging
from collections.abc import Iterator
from typing import Any

from django.utils import timezone, translation

from lishui_center.common.clock import today
from lishui_center.common.tables import Asked
from lishui_center.exports import actions, files
from lishui_center.exports.access import get_table
from lishui_center.exports.models import Export
from lishui_center.exports.reading import batches, keys_of
from lishui_center.exports.rules import Format
from lishui_center.exports.writing import WRITERS

logger = logging.getLogger(__name__)


def make(export: Export) -> None:
    """Write the claimed export's file; one that cannot be written is given up."""
    name = files.fresh_name(Format(export.format))
    try:
        with translation.override(export.language):
            _write(export, name)
        actions.finish(export, file_name=name, now=timezone.now())
    except actions.ClaimLostError:
        files.remove(name)
        logger.info("export.lost", extra={"export": export.pk})
    except Exception:
        # One list that is broken, or closed to its owner since, must not hold up the others.
        files.remove(name)
        actions.give_up(export)
        logger.exception("export.failed", extra={"export": export.pk, "table": export.table})
    else:
        logger.info("export.done", extra={"export": export.pk, "rows": export.rows_done})


def _write(export: Export, name: str) -> None:
    """The list as it was asked for, as far as the owner may see it now."""
    now = timezone.now()
    table = get_table(export.owner, export.table, today(now))
    asked = Asked(export.owner, export.params, now=export.created_at)
    rows, columns = table.rows(asked), table.columns(asked)
    keys = keys_of(rows)
    actions.begin(export, rows=len(keys), now=now)
    with (files.folder() / name).open("xb") as file:
        found = _watched(export, batches(rows, keys))
        WRITERS[Format(export.format)](file, str(table.title), columns, found)


def _watched(export: Export, found: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The batches; progress is noted when the writer is through with one."""
    for rows in found:
        yield rows
        actions.advance(export, rows=len(rows), now=timezone.now())
