"""A list as CSV and as an Excel workbook."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.utils import translation
from xlsxwriter import Workbook

from lishui_center.common.clock import ZONE
from lishui_center.common.tables import Column, Value
from lishui_center.exports import files
from lishui_center.exports.rules import Format, defused

BOM = "\ufeff"
"""Without it Excel takes Chinese for Latin letters."""

LONGEST_SHEET_NAME = 31
NARROWEST, WIDEST = 8, 60
"""Widths of columns, in digits."""

MEASURED = 200
"""Rows that decide how wide a column is."""

Batches = Iterable[Sequence[Any]]


def csv_chunks(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """UTF-8, a chunk for each batch: no row is read before the chunks ahead are taken."""
    heading = [[str(column.header) for column in columns]]
    yield (BOM + _csv(heading)).encode()
    for rows in batches:
        yield _csv([[csv_text(column.value(row)) for column in columns] for row in rows]).encode()


def speaking(language: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks, each made in `language` whatever the thread speaks between two of them."""
    while True:
        with translation.override(language):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def csv_text(value: Value) -> str:
    """A cell: ISO 8601 with the local offset for moments, no text that is a formula."""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return defused(str(value)) if value is not None else ""


def write_csv(file: IO[bytes], _title: str, columns: Sequence[Column], batches: Batches) -> None:
    """The same into a file."""
    for chunk in csv_chunks(columns, batches):
        file.write(chunk)


def write_xlsx(file: IO[bytes], title: str, columns: Sequence[Column], batches: Batches) -> None:
    """One sheet with a heading that stays, a filter, and columns as wide as what is in them.

    Rows leave the memory as they come; meanwhile they lie in the private folder.
    """
    with TemporaryDirectory(dir=files.folder()) as parts:
        options = {"constant_memory": True, "tmpdir": parts, "use_zip64": True}
        workbook = Workbook(file, options)
        sheet = _Sheet(workbook, title, [str(column.header) for column in columns])
        for rows in batches:
            for row in rows:
                sheet.add([column.value(row) for column in columns])
        sheet.end()
        workbook.close()


Writer = Callable[[IO[bytes], str, Sequence[Column], Batches], None]
WRITERS: dict[Format, Writer] = {Format.CSV: write_csv, Format.XLSX: write_xlsx}


class _Sheet:
    """The one sheet of a workbook; it grows downwards only."""

    def __init__(self, workbook: Any, title: str, headings: Sequence[str]) -> None:
        self._page = workbook.add_worksheet(_sheet_name(title))
        self._moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._page.freeze_panes(1, 0)
        heading = workbook.add_format({"bold": True, "bottom": 1})
        for number, text in enumerate(headings):
            self._page.write_string(0, number, text, heading)
        self._widths = [_width(text) + 3 for text in headings]  # the filter's button
        self._last = 0

    def add(self, values: Sequence[Value]) -> None:
        """One row more."""
        self._last += 1
        for number, value in enumerate(values):
            width = self._put(number, value)
            if self._last <= MEASURED:
                self._widths[number] = max(self._widths[number], width)

    def end(self) -> None:
        """What can be known only now."""
        self._page.autofilter(0, 0, self._last, len(self._widths) - 1)
        for number, width in enumerate(self._widths):
            self._page.set_column(number, number, min(max(width + 1, NARROWEST), WIDEST))

    def _put(self, column: int, value: Value) -> int:
        """Write the cell; how wide it is. Text is a string whatever it begins with."""
        if isinstance(value, datetime):
            local = value.astimezone(ZONE).replace(tzinfo=None)
            self._page.write_datetime(self._last, column, local, self._moment)
            return len("2026-11-25 18:00")
        if isinstance(value, date):
            self._page.write_datetime(self._last, column, value, self._day)
            return len("2026-11-25")
        if isinstance(value, int | float):
            self._page.write_number(self._last, column, value)
            return len(str(value))
        if not value:
            return 0
        self._page.write_string(self._last, column, str(value))
        return _width(str(value))


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:LONGEST_SHEET_NAME]


def _width(text: str) -> int:
    """Chinese characters take two places."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
