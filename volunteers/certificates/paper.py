"""Drawing a certificate: one page A4, the same bytes for the same certificate."""

from typing import Any

import qrcode
from django.conf import settings
from django.urls import reverse
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from volunteers.certificates import wording
from volunteers.certificates.fonts import find_fonts
from volunteers.certificates.models import Certificate
from volunteers.certificates.wording import Pair

INK, MUTED, RED, LINE, PALE = (31, 29, 26), (92, 87, 80), (179, 38, 30), (214, 204, 190), (250, 247, 242)
WIDTH, HEIGHT, MARGIN = 210, 297, 28
FAMILY = "certificate"
MOST_TEAMS = 6
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
        fonts = find_fonts()
        for style, face in (("", fonts.regular), ("B", fonts.bold)):
            self.add_font(FAMILY, style, face.path, collection_font_number=face.number)
        self.set_creation_date(certificate.issued_at)
        self.set_title(" ".join(wording.TITLES[bool(certificate.snapshot["star"])]))
        self.set_subject(certificate.shown_code)
        self.set_author(certificate.snapshot["issuer"][0])
        self.set_lang("zh-Hans")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=False)
        self.add_page()

    def frame(self) -> None:
        """A red line with a fine one inside it, and a wave in each corner's place."""
        self.set_draw_color(*RED)
        self.set_line_width(1.1)
        self.rect(11, 11, WIDTH - 22, HEIGHT - 22)
        self.set_line_width(0.25)
        self.rect(13.5, 13.5, WIDTH - 27, HEIGHT - 27)

    def demo_mark(self) -> None:
        """Across the page: nobody shall take invented data for a certificate."""
        self._ink(PALE, 58, "B")
        self.set_text_color(240, 226, 220)
        with self.rotation(38, WIDTH / 2, HEIGHT / 2):
            self.set_xy(0, HEIGHT / 2 - 22)
            self.cell(WIDTH, 24, wording.DEMO[0], align="C")
            self.set_xy(0, HEIGHT / 2 + 4)
            self.cell(WIDTH, 20, wording.DEMO[1], align="C")

    def heading(self, title: Pair, issuer: str) -> None:
        """Who certifies, and what this is."""
        self.set_y(32)
        self._line(issuer, 14, color=MUTED, height=8)
        self.ln(8)
        self._line(_spaced(title[0]), 34, color=RED, style="B", height=17)
        self._line(title[1], 15, color=MUTED, height=9)
        self.set_draw_color(*RED)
        self.set_line_width(0.6)
        y = self.get_y() + 4
        self.line(WIDTH / 2 - 14, y, WIDTH / 2 + 14, y)
        self.set_y(y + 9)

    def stars(self, number: int) -> None:
        """As many as were awarded."""
        radius, gap = 4.2, 12
        y, left = self.get_y() + radius - 2, WIDTH / 2 - gap * (number - 1) / 2
        self.set_fill_color(*RED)
        for place in range(number):
            self.star(left + gap * place, y, radius * 0.4, radius, 5, 36, style="F")
        self.set_y(y + radius + 4)

    def person(self, name: str, statement: Pair) -> None:
        """Whom it is for, and what is said of them."""
        self._line("兹证明  This is to certify that", 12, color=MUTED, height=8)
        self._line(name, 27, style="B", height=17)
        self.ln(2)
        self._text(statement[0], 13, INK, 8)
        self.ln(1)
        self._text(statement[1], 10.5, MUTED, 6)
        self.ln(4)

    def figure(self, duration: Pair) -> None:
        """The sum, large."""
        self._line(duration[0], 27, color=RED, style="B", height=15)
        self._line(duration[1], 11, color=MUTED, height=7)
        self.ln(6)

    def teams(self, rows: list[dict[str, Any]]) -> None:
        """Where it was done."""
        self._row(_both(wording.TEAM), _both(wording.HOURS), head=True)
        own, rest = rows[:MOST_TEAMS], rows[MOST_TEAMS:]
        if rest:
            others = {"zh": wording.OTHERS[0], "en": wording.OTHERS[1]}
            own = [*own, {**others, "minutes": sum(row["minutes"] for row in rest)}]
        for row in own:
            self._row((row["zh"], row["en"]), wording.duration(row["minutes"]))

    def foot(self, certificate: Certificate, said: dict[str, Any]) -> None:
        """How to check it, who issued it, and when."""
        url, top = verify_url(certificate), 222
        self._qr(url, MARGIN, top, 31)
        self._block(MARGIN + 37, top + 1, wording.NUMBER, certificate.shown_code)
        self._block(MARGIN + 37, top + 17, wording.VERIFY, url.partition("://")[2], link=url)
        right = MARGIN + 98
        self._block(right, top + 1, wording.ISSUER, said["issuer"][0])
        self._block(right, top + 17, wording.ISSUED, "  ".join(wording.issued(said)))
        self.set_y(264)
        self._text(wording.NOTE[0], 8.5, MUTED, 4.6)
        self._text(wording.NOTE[1], 8, MUTED, 4.4)

    def _row(self, left: Pair, right: Pair, *, head: bool = False) -> None:
        y, wide = self.get_y(), WIDTH - 2 * MARGIN
        if head:
            self.set_fill_color(*PALE)
            self.rect(MARGIN, y, wide, 9, style="F")
        self._ink(MUTED if head else INK, 10 if head else 11.5)
        self.set_xy(MARGIN + 3, y)
        self.cell(wide - 6, 9, left[0])
        self.set_xy(MARGIN + 3, y)
        self.cell(wide - 6, 9, right[0], align="R")
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        if not head:
            self._ink(MUTED, 8.5)
            self.set_xy(MARGIN + 3, y + 6.5)
            self.cell(wide - 6, 5, left[1])
            self.set_xy(MARGIN + 3, y + 6.5)
            self.cell(wide - 6, 5, right[1], align="R")
        y += 9 if head else 12.5
        self.line(MARGIN, y, WIDTH - MARGIN, y)
        self.set_y(y)

    def _block(self, x: float, y: float, label: Pair, value: str, *, link: str = "") -> None:
        self._ink(MUTED, 8)
        self.set_xy(x, y)
        self.cell(60, 5, "  ".join(label))
        self._ink(INK, 9.5)
        self.set_xy(x, y + 5)
        self.multi_cell(60, 5, value, align="L", link=link)

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
        self,
        text: str,
        size: float,
        *,
        color: tuple[int, int, int] = INK,
        style: str = "",
        height: float,
    ) -> None:
        self._ink(color, size, style)
        self.set_x(MARGIN)
        wide = WIDTH - 2 * MARGIN
        if (needed := self.get_string_width(text)) > wide:
            self._ink(color, size * wide / needed * 0.99, style)
        self.cell(wide, height, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _text(self, text: str, size: float, color: tuple[int, int, int], height: float) -> None:
        self._ink(color, size)
        self.set_x(MARGIN + 4)
        self.multi_cell(
            WIDTH - 2 * MARGIN - 8, height, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _ink(self, color: tuple[int, int, int], size: float, style: str = "") -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*color)


def _spaced(text: str) -> str:
    return " ".join(text)


def _both(pair: Pair) -> Pair:
    return "  ".join(pair), ""
