"""How frozen evidence and measured figures read on a page. `{% load think_tank %}`."""

from decimal import Decimal
from typing import Any

from django import template

from lishui_center.common.language import in_language

register = template.Library()


@register.filter
def worded(cell: object) -> str:
    """A cell of an evidence table in the page's language; a dash where there is none."""
    if isinstance(cell, dict):
        return in_language(cell["zh"], cell["en"])
    return "–" if cell is None else str(cell)


@register.filter
def evidence_rows(table: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(name of the row, [(heading, figure), …]), …] in the page's language."""
    headings = [worded(column) for column in table["columns"]][1:]
    return [
        (worded(name), list(zip(headings, map(worded, figures), strict=True)))
        for name, *figures in table["rows"]
    ]


@register.filter
def plain_number(figure: Decimal) -> str:
    """12.50 as 12.5, 12.00 as 12."""
    return f"{figure.normalize():f}"
