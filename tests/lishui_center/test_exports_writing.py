"""What stands in the files: text that cannot bite, dates that are dates."""

import io
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from lishui_center.common.tables import Column
from lishui_center.exports.writing import csv_chunks, speaking, write_xlsx
from tests.factories.exports import SHEET, csv_rows, xlsx_cells, xlsx_number_format, xlsx_part

COLUMNS = (Column("First", lambda row: row[0]), Column("Second", lambda row: row[1]))
EVENING = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)  # the next morning in Lishui
BITING = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"]


def as_csv(*rows) -> list[dict[str, str]]:
    return csv_rows(b"".join(csv_chunks(COLUMNS, [rows])))


def as_xlsx(*rows, title="List") -> bytes:
    file = io.BytesIO()
    write_xlsx(file, title, COLUMNS, [rows])
    return file.getvalue()


@pytest.mark.parametrize("text", BITING)
def test_csv_defuses_what_a_spreadsheet_would_run(text):
    assert as_csv((text, 1))[0]["First"] == f"'{text}"


def test_csv_leaves_ordinary_text_and_negative_numbers_alone():
    assert as_csv(("李阿婆, a=b", -2)) == [{"First": "李阿婆, a=b", "Second": "-2"}]


@pytest.mark.parametrize("text", BITING[:4])
def test_excel_gets_a_string_whatever_it_begins_with(text):
    assert xlsx_cells(as_xlsx((text, 1)))["A2"] == ("inlineStr", text)


def test_excel_makes_no_link_of_an_address():
    content = as_xlsx(("https://example.org/", 1))

    assert xlsx_part(content).find(f"{SHEET}hyperlinks") is None


def test_csv_begins_with_the_mark_by_which_excel_reads_chinese():
    content = b"".join(csv_chunks(COLUMNS, [[("预约", "")]]))

    assert content.startswith(b"\xef\xbb\xbfFirst,Second\r\n")
    assert "预约".encode() in content


def test_csv_writes_moments_with_the_local_offset_and_nothing_for_nothing():
    assert as_csv((EVENING, date(2026, 1, 2)), (None, "")) == [
        {"First": "2026-11-26T02:30:00+08:00", "Second": "2026-01-02"},
        {"First": "", "Second": ""},
    ]


def test_excel_gets_real_dates_in_local_time():
    content = as_xlsx((EVENING, date(2026, 1, 2)))
    cells = xlsx_cells(content)

    day = (date(2026, 11, 26) - date(1899, 12, 30)).days
    assert float(cells["A2"][1]) == pytest.approx(day + 2.5 / 24)
    assert cells["B2"] == ("n", str((date(2026, 1, 2) - date(1899, 12, 30)).days))
    assert xlsx_number_format(content, "A2") == "yyyy-mm-dd hh:mm"
    assert xlsx_number_format(content, "B2") == "yyyy-mm-dd"


def test_excel_keeps_the_heading_in_view_filters_and_fits_the_columns():
    sheet = xlsx_part(as_xlsx(("里水镇党群服务中心", 7), ("短", 8)))

    pane = sheet.find(f".//{SHEET}pane")
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert sheet.find(f"{SHEET}autoFilter").get("ref") == "A1:B3"
    wide, narrow = (float(column.get("width")) for column in sheet.iter(f"{SHEET}col"))
    assert wide > 18 > narrow


def test_excel_takes_a_list_without_rows_and_a_title_no_sheet_may_have():
    cells = xlsx_cells(as_xlsx(title="[a]/b: 'a very long title of more than 31 signs'"))

    assert cells == {"A1": ("inlineStr", "First"), "B1": ("inlineStr", "Second")}


def test_excel_takes_signs_that_xml_forbids():
    assert xlsx_cells(as_xlsx(("a\x00b\x1b", 1)))["A2"][1] == "a_x0000_b_x001B_"


def test_rows_are_read_only_when_their_chunk_is_taken():
    read = []

    def batches():
        for number in range(3):
            read.append(number)
            yield [(number, "")]

    chunks = csv_chunks(COLUMNS, batches())
    next(chunks)
    assert read == []
    next(chunks)
    assert read == [0]


def test_chunks_speak_the_language_asked_for_whatever_the_thread_speaks():
    columns = [Column(gettext_lazy("Bookings"), str)]
    with translation.override("en"):
        chunks = speaking("zh-hans", csv_chunks(columns, []))

        heading = next(chunks)

        assert translation.get_language() == "en"
    assert "预约" in heading.decode()
