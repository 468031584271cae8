"""Money as people read it."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from volunteers.needs.access import needs_of
from volunteers.projects.models import Project

register = template.Library()

FEN = 100


@register.filter
def yuan(fen: int) -> str:
    """'1,234.50 yuan' for 123450; whole amounts without the fen."""
    return _("%(amount)s yuan") % {"amount": _grouped(fen)}


@register.filter
def plain_yuan(fen: int) -> str:
    """'1234.50', as an input takes it."""
    return f"{Decimal(fen) / FEN:.2f}"


@register.filter
def sum_of(lines: Iterable[object], column: str) -> int:
    """What a column of the rows comes to."""
    return sum(getattr(line, column) for line in lines)


@register.inclusion_tag("volunteers/needs/of_project.html")
def needs_taken_up(project: Project) -> dict[str, object]:
    """The needs that the project takes up, in the words that everybody may read."""
    return {"needs": needs_of(project)}


def _grouped(fen: int) -> str:
    whole, rest = divmod(fen, FEN)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"
