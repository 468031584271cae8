"""Money as people read it."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from services.requests.models import ServiceRequest
from services.requests.projects import PROJECT
from volunteers.needs.access import needs_of
from volunteers.projects.models import Project

register = template.Library()

FEN = 100
LEADERS_PAGE = "volunteers:need"


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


@register.inclusion_tag("volunteers/needs/of_project.html", takes_context=True)
def needs_taken_up(context: Context, project: Project) -> dict[str, object]:
    """The needs that the project takes up, in the words that everybody may read.

    `needs_lead_to` of the context tells where they lead: a URL's name, or nowhere.
    """
    needs = needs_of(project)
    page = str(context.get("needs_lead_to") or "")
    return {"needs": [(need, _page_of(need, project, page)) for need in needs]}


def _page_of(need: ServiceRequest, project: Project, page: str) -> str:
    """The need's page; to those who do the work it opens while the project has the need."""
    has_it = (need.target_kind, need.target_code) == (PROJECT, project.code)
    opens = has_it if page == LEADERS_PAGE else bool(page)
    return reverse(page, args=[need.reference]) if opens else ""


def _grouped(fen: int) -> str:
    whole, rest = divmod(fen, FEN)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"
