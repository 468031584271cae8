"""Drawing a certificate: one page A4, the same bytes for the same certificate."""

from typing import Any

import qrcode
from django.conf import settings
from django.urls import reverse
from fpdf import FPDF
from fpdf.enums import TextMode, WrapMode, XPos, YPos

from lishui_center.common.clock import ZONE
from volunteers.certificates import wording
from volunteers.certificates.fonts import find_font
from volunteers.certificates.models import Certificate
from volunteers.certificates.wording import Pair

Colour = tuple[int, int, int]
INK, MUTED, RED = (31, 29, 26), (92, 87, 80), (179, 38, 30)
LINE, PALE, FAINT = (214, 204, 190), (250, 247, 242), (244, 234, 230)
WIDTH, HEIGHT, MARGIN = 210, 297, 28
ROW, GAP = 8.4, 1
SIZES = (10.5, 8.5)
"""Of Chinese and English in one line."""
SMALL = (8.5, 6.5)
"""Of the two, one below the other."""
COLUMN = 57
FAMILY = "certificate"
MOST_TEAMS = 5
"""Teams with a line of their own; the rest share the last one."""


def verify_url(certificate: Certificate) -> str:
    """Where everybody can check it."""
    return f"{settings.SITE_URL}{reverse('certificates:verify', args=[certificate.code])}"


def draw(certificate: Certificate) -> bytes:
    """The certificate as a PDF, from its snapshot alone.

    Raises:
        NoFontError: nothing here can write Chinese.
    """
    said = certificate.snapshot
    page = _Page(certificate)
    page.frame()
    if said["demo"]:
        page.demo_mark()
    page.heading(wording.TITLES[bool(said["star"])], said["issuer"][0])
    if said["star"]:
        page.stars(said["star"])
    page.person(said["name"], wording.statement(said))
    page.figure(wording.duration(said["minutes"]))
    page.teams(said["teams"])
    page.foot(certificate, said)
    return bytes(page.output())


class _Page(FPDF):
    """The sheet; each method draws one part and leaves the pen below it."""

    def __init__(self, certificate: Certificate) -> None:
        super().__init__("P", "mm", "A4")
        face = find_font()
        self.add_font(FAMILY, "", face.path, collection_font_number=face.number)
        self.set_creation_date(certificate.issued_at.astimezone(ZONE))
        self.set_title(" ".join(wording.TITLES[bool(certificate.snapshot["star"])]))
        self.set_subject(certificate.shown_code)
        self.set_author(certificate.snapshot["issuer"][0])
        self.set_lang("zh-Hans")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=False)
        self.add_page()

    def frame(self) -> None:
        """A red line with a fine one inside it."""
        self.set_draw_color(*RED)
        self.set_line_width(1.1)
        self.rect(11, 11, WIDTH - 22, HEIGHT - 22)
        self.set_line_width(0.25)
        self.rect(13.5, 13.5, WIDTH - 27, HEIGHT - 27)

    def demo_mark(self) -> None:
        """Across the page: nobody shall take invented data for a certificate."""
        self._ink(FAINT, 58)
        with self.rotation(38, WIDTH / 2, HEIGHT / 2):
            self.set_xy(0, HEIGHT / 2 - 22)
            self.cell(WIDTH, 24, wording.DEMO[0], align="C")
            self.set_xy(0, HEIGHT / 2 + 4)
            self.cell(WIDTH, 20, wording.DEMO[1], align="C")

    def heading(self, title: Pair, issuer: str) -> None:
        """Who certifies, and what this is."""
        self.set_y(26)
        self._line(issuer, 14, color=MUTED, height=8)
        self.ln(5)
        self._line(" ".join(title[0]), 34, color=RED, weight=0.45, height=17)
        self._line(title[1], 15, color=MUTED, height=9)
        self.set_draw_color(*RED)
        self.set_line_width(0.6)
        y = self.get_y() + 4
        self.line(WIDTH / 2 - 14, y, WIDTH / 2 + 14, y)
        self.set_y(y + 8)

    def stars(self, number: int) -> None:
        """As many as were awarded."""
        radius, gap = 4.2, 12
        y, left = self.get_y() + radius - 2, WIDTH / 2 - gap * (number - 1) / 2
        self.set_fill_color(*RED)
        for place in range(number):
            self.star(left + gap * place, y, radius * 0.4, radius, 5, 36, style="F")
        self.set_y(y + radius + 4)

    def person(self, name: str, statement: tuple[list[str], list[str]]) -> None:
        """Whom it is for, and what is said of them."""
        self._line("  ".join(wording.CERTIFIES), 11.5, color=MUTED, height=8)
        self._line(name, 27, weight=0.35, height=16)
        self.ln(1)
        for line in statement[0]:
            self._line(line, 13, height=8)
        for line in statement[1]:
            self._line(line, 10, color=MUTED, height=5.6)
        self.ln(3)

    def figure(self, duration: Pair) -> None:
        """The sum, large."""
        self.ln(2)
        self._line(duration[0], 27, color=RED, weight=0.35, height=14)
        self._line(duration[1], 10.5, color=MUTED, height=6)
        self.ln(6)

    def teams(self, rows: list[dict[str, Any]]) -> None:
        """Where it was done."""
        self.set_fill_color(*PALE)
        self.rect(MARGIN, self.get_y(), WIDTH - 2 * MARGIN, ROW, style="F")
        self._row(wording.TEAM, wording.HOURS)
        own, rest = rows[:MOST_TEAMS], rows[MOST_TEAMS:]
        if rest:
            others = {"zh": wording.OTHERS[0], "en": wording.OTHERS[1]}
            own = [*own, {**others, "minutes": sum(row["minutes"] for row in rest)}]
        for row in own:
            self._row((row["zh"], row["en"]), wording.duration(row["minutes"]))

    def foot(self, certificate: Certificate, said: dict[str, Any]) -> None:
        """How to check it, who issued it, and when."""
        url, top, middle, right = verify_url(certificate), 236, MARGIN + 37, MARGIN + 95
        place = url.partition("://")[2].removesuffix(f"{certificate.code}/")
        self._qr(url, MARGIN, top, 30)
        self._block(middle, top, wording.NUMBER, [certificate.shown_code])
        self._block(middle, top + 15.5, wording.VERIFY, [place], link=url)
        self._block(right, top, wording.ISSUER, [said["issuer"][0]])
        self._block(right, top + 15.5, wording.ISSUED, list(wording.issued(said)))
        self.set_y(271)
        self._line(wording.NOTE[0], 8, color=MUTED, height=4.4)
        self._line(wording.NOTE[1], 7.5, color=MUTED, height=4)

    def _row(self, left: Pair, right: Pair) -> None:
        """A line of the table: Chinese, and English smaller behind it, or below if it is long."""
        y, needed = self.get_y(), self._needed(right)
        room = WIDTH - 2 * MARGIN - 2 * 3 - needed - 2 * GAP
        if self._needed(left) <= room:
            self._pair(MARGIN + 3, y, left)
        else:
            self._stack(MARGIN + 3, y, left, room)
        self._pair(WIDTH - MARGIN - 3 - needed - GAP, y, right)
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(MARGIN, y + ROW, WIDTH - MARGIN, y + ROW)
        self.set_y(y + ROW)

    def _pair(self, x: float, y: float, pair: Pair) -> None:
        for text, size, color in zip(pair, SIZES, (INK, MUTED), strict=True):
            width = self._width(text, size)
            self._ink(color, size)
            self.set_xy(x, y)
            self.cell(width, ROW, text)
            x += width + GAP

    def _needed(self, pair: Pair) -> float:
        return sum(self._width(text, size) for text, size in zip(pair, SIZES, strict=True))

    def _stack(self, x: float, y: float, pair: Pair, room: float) -> None:
        """Two small lines in the height of one, each made to fit."""
        heights = (ROW * 0.56, ROW * 0.4)
        parts = zip(pair, SMALL, (INK, MUTED), heights, strict=True)
        for text, size, color, height in parts:
            self._ink(color, size * min(1, room / self._width(text, size)))
            self.set_xy(x, y)
            self.cell(room, height, text)
            y += height

    def _width(self, text: str, size: float) -> float:
        self.set_font(FAMILY, "", size)
        return float(self.get_string_width(text)) + 2 * self.c_margin

    def _block(self, x: float, y: float, label: Pair, lines: list[str], *, link: str = "") -> None:
        self._ink(MUTED, 7.5)
        self.set_xy(x, y)
        self.cell(COLUMN, 4.5, "  ".join(label))
        self.set_y(y + 5)
        for line in lines:
            is_long = self._width(line, 10) > COLUMN
            self._ink(INK, 8.5 if is_long else 10)
            self.set_x(x)
            self.multi_cell(
                COLUMN,
                3.9 if is_long else 5,
                line,
                align="L",
                link=link,
                wrapmode=WrapMode.CHAR,
                new_x=XPos.LEFT,
                new_y=YPos.NEXT,
            )

    def _qr(self, url: str, x: float, y: float, size: float) -> None:
        """Squares drawn into the page: sharp at any size, and no picture to carry."""
        code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(url)
        rows = code.get_matrix()
        step = size / len(rows)
        self.set_fill_color(*INK)
        for line, row in enumerate(rows):
            start = 0
            for end in range(1, len(row) + 1):
                if end == len(row) or row[end] != row[start]:
                    if row[start]:
                        width = (end - start) * step
                        self.rect(x + start * step, y + line * step, width, step, style="F")
                    start = end

    def _line(
        self, text: str, size: float, *, color: Colour = INK, weight: float = 0, height: float
    ) -> None:
        """A line in the middle, smaller where it would not fit; `weight` thickens it, in mm."""
        wide = WIDTH - 2 * MARGIN
        self._ink(color, size)
        if (needed := self.get_string_width(text)) > wide:
            self._ink(color, size * wide / needed * 0.98)
        mode = TextMode.FILL_STROKE if weight else TextMode.FILL
        with self.local_context(text_mode=mode, draw_color=color, line_width=weight or 0.2):
            self.set_x(MARGIN)
            self.cell(wide, height, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _ink(self, color: Colour, size: float) -> None:
        self.set_font(FAMILY, "", size)
        self.set_text_color(*color)
