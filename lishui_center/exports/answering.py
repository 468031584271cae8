"""A short list as an answer: begun at once, made while it is read."""

from collections.abc import Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import content_disposition_header

from lishui_center.common.tables import Asked, Table
from lishui_center.exports import files
from lishui_center.exports.models import Export
from lishui_center.exports.rules import Format, Order
from lishui_center.exports.writing import csv_chunks, speaking, write_xlsx

MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def answer_now(
    table: Table, order: Order, asked: Asked, found: Iterator[list[Any]]
) -> HttpResponseBase:
    """The file with the rows found, nothing kept on disk; CSV leaves as they are read."""
    columns = table.columns(asked)
    name = file_name(table.title, order.format, asked.day)
    if order.format == Format.CSV:
        return StreamingHttpResponse(
            speaking(order.language, csv_chunks(columns, found)),
            content_type=MEDIA_TYPES[order.format],
            headers={"Content-Disposition": str(content_disposition_header(True, name))},  # noqa: FBT003 - the framework's signature
        )
    file = TemporaryFile(dir=files.folder())  # noqa: SIM115 - the answer closes it
    write_xlsx(file, str(table.title), columns, found)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[order.format]
    )


def answer_file(export: Export, day: date) -> FileResponse:
    """The file that a worker made."""
    file_format = Format(export.format)
    return FileResponse(
        (files.folder() / export.file_name).open("rb"),
        as_attachment=True,
        filename=file_name(export.title, file_format, day),
        content_type=MEDIA_TYPES[file_format],
    )


def file_name(title: str | Promise, file_format: Format, day: date) -> str:
    """'预约-2026-11-25.csv', or 'Bookings-2026-11-25.csv'."""
    return f"{str(title).replace('/', ' ')}-{day.isoformat()}.{file_format}"
