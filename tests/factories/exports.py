"""Lists taken away as files, and what is in them."""

import csv
import io
import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.models import User
from lishui_center.exports.actions import ask_export
from lishui_center.exports.models import Export
from lishui_center.exports.rules import Format, Order, query_of
from tests.factories.services import NOW

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def asked(
    owner: User,
    table: str = "roles",
    *,
    file_format: Format = Format.CSV,
    rows: int = 1,
    now: datetime = NOW,
    **params: str,
) -> Export:
    """An export that waits for a worker, in Chinese."""
    order = Order(table, file_format, "zh-hans", query_of(params))
    return ask_export(owner=owner, order=order, rows=rows, now=now)


def take(client: Client, table: str, file_format: str = "csv", **params: str) -> HttpResponseBase:
    """The answer to a tap on the link below the list."""
    return client.get(reverse(f"exports:{file_format}", args=[table]), params)


def body(answer: HttpResponseBase) -> bytes:
    """The whole file."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """The lines by their headings."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def xlsx_part(content: bytes, part: str = "xl/worksheets/sheet1.xml") -> ElementTree.Element:
    """One XML file of the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return ElementTree.fromstring(book.read(part))


def xlsx_cells(content: bytes) -> dict[str, tuple[str, str]]:
    """{"A1": (kind, content)} of the only sheet; strings stand in their cells."""
    sheet = xlsx_part(content)
    assert sheet.find(f".//{SHEET}f") is None, "a formula"
    found = {}
    for cell in sheet.iter(f"{SHEET}c"):
        text = "".join(cell.itertext())
        found[cell.get("r", "")] = (cell.get("t", "n"), text)
    return found


def xlsx_number_format(content: bytes, cell: str) -> str:
    """How the cell shows its number."""
    styles = xlsx_part(content, "xl/styles.xml")
    found = next(c for c in xlsx_part(content).iter(f"{SHEET}c") if c.get("r") == cell)
    style = styles.findall(f"{SHEET}cellXfs/{SHEET}xf")[int(found.get("s", "0"))]
    for known in styles.iter(f"{SHEET}numFmt"):
        if known.get("numFmtId") == style.get("numFmtId"):
            return re.sub(r"\\", "", known.get("formatCode", ""))
    return ""
