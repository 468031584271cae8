"""The batch as a file for the national system, and its answer as a file.

Only who gives a reason gets the file: it names people whole, which the pages do not.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO

from django.db import transaction
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.audit.actions import unmask
from lishui_center.common.tables import Asked, Column, Table, Value
from lishui_center.exports.actions import record_exported
from lishui_center.exports.answering import answer_now
from lishui_center.exports.reading import batches, keys_of
from lishui_center.exports.rules import Format, Order
from volunteers.returns import rules
from volunteers.returns.errors import AnswerLineError, AnswerUnreadableError
from volunteers.returns.models import ReturnBatch, ReturnRow
from volunteers.returns.rules import Answer, UnreadableError

HOUR = 60


def _kind(row: ReturnRow) -> Value:
    return pgettext_lazy("return", "Correction") if row.turn else pgettext_lazy("return", "New")


COLUMNS = (
    Column("序号 number", lambda row: row.pk),
    Column(_("Kind"), _kind),
    Column(_("Name"), lambda row: row.entry.volunteer.display_name),
    Column(_("Phone"), lambda row: row.entry.volunteer.phone),
    Column(_("Team"), lambda row: row.entry.team.name),
    Column(pgettext_lazy("hours", "Start"), lambda row: row.entry.starts_at),
    Column(pgettext_lazy("hours", "End"), lambda row: row.entry.ends_at),
    Column(pgettext_lazy("service", "Hours"), lambda row: round(row.minutes / HOUR, 2)),
    Column(_("What was done"), lambda row: row.entry.note),
    Column("结果 result", lambda _row: ""),
    Column("原因 reason", lambda _row: ""),
)


@transaction.atomic
def release_file(
    *, batch: ReturnBatch, file_format: Format, by: User, reason: str, now: datetime
) -> HttpResponseBase:
    """The batch's file, with whole names and phones; leaves a trace with the reason.

    Raises:
        ReasonMissingError: show nothing.
    """
    unmask(by, batch, reason, centre_id=batch.centre_id)
    rows = batch.rows.for_list()
    table = Table("returns", _("Return of hours"), MANAGER_ROLES, lambda _: rows, lambda _: COLUMNS)
    order = Order("returns", file_format, get_language() or "", f"batch={batch.pk}")
    keys = keys_of(rows)
    record_exported(by, order, rows=len(keys))
    return answer_now(table, order, Asked(by, {}, now), batches(rows, keys))


def read_file(file: IO[bytes], name: str) -> list[Answer]:
    """The answers in a CSV or Excel file.

    Raises:
        AnswerUnreadableError, AnswerLineError
    """
    content = file.read(rules.MOST_BYTES + 1)
    if len(content) > rules.MOST_BYTES:
        raise AnswerUnreadableError
    try:
        lines = _sheet(content) if name.lower().endswith(".xlsx") else _csv(content)
        return rules.read_answers(lines)
    except UnreadableError as unreadable:
        if unreadable.line:
            raise AnswerLineError(line=unreadable.line) from None
        raise AnswerUnreadableError from None
    except (csv.Error, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise AnswerUnreadableError from None


def _csv(content: bytes) -> Iterable[list[str]]:
    """Excel in China writes GB 18030 unless told otherwise."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return csv.reader(io.StringIO(text))


def _sheet(content: bytes) -> Iterator[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    yield from book.worksheets[0].iter_rows(
        max_row=rules.MOST_ROWS * 2, max_col=40, values_only=True
    )
