"""Reading a sheet of members, trusting nothing in it, and making an empty one."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles import Font

from lishui_center.common.errors import RuleError
from volunteers.importing import rules
from volunteers.importing.errors import (
    FormulaError,
    NoRowsError,
    NotASheetError,
    TooLargeError,
    TooManyRowsError,
)
from volunteers.importing.rules import Row

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"A": 24, "B": 16, "C": 18, "D": 16}


def read_rows(content: bytes) -> list[Row]:
    """The rows below the heading of the first sheet.

    The archive's own table tells how large it would unpack before anything is, and a formula is
    refused rather than believed.

    Raises:
        TooLargeError, NotASheetError, TooManyRowsError, FormulaError, NoRowsError
    """
    if len(content) > rules.MOST_BYTES:
        raise TooLargeError
    try:
        _check_archive(content)
        rows = _rows(content)
    except RuleError:
        raise
    except Exception as error:  # Whatever a made-up file breaks in the parser.
        raise NotASheetError from error
    if not rows:
        raise NoRowsError
    return rows


def template() -> bytes:
    """An empty sheet with its heading, and one row that shows how."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Members")
    sheet.append(
        [_("Code of the team"), pgettext("person", "Name"), _("Mobile number"), _("Member since")]
    )
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for number in range(2, rules.MOST_ROWS + 2):
        sheet.cell(number, 3).number_format = "@"  # Else a phone turns into 1.38E+10.
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _check_archive(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > rules.MOST_UNPACKED:
        raise TooLargeError


def _rows(content: bytes) -> list[Row]:
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        # What the file says of its own size may be a lie, or missing.
        sheet.reset_dimensions()
        found: list[Row] = []
        for number, line in enumerate(sheet.iter_rows(min_row=2, max_col=rules.COLUMNS), start=2):
            row = rules.row_of(number, [_value(cell, number) for cell in line])
            if not row.is_empty:
                found.append(row)
            if len(found) > rules.MOST_ROWS or number > rules.LAST_LOOKED_AT:
                raise TooManyRowsError(most=rules.MOST_ROWS)
        return found
    finally:
        book.close()


def _value(cell: Any, number: int) -> object:
    if isinstance(cell, ReadOnlyCell) and cell.data_type == "f":
        raise FormulaError(number=number)
    return cell.value
