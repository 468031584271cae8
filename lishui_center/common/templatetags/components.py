"""The components that take arguments. `{% load components %}`; each is shown at /dev/components/.

Components that are only a shape (card, buttons, tabs, table-cards, facts …) are CSS classes.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

import qrcode
from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from lishui_center.common.tables import TABLES

register = template.Library()

FEW_IN_A_DAY = 5
FEW_IN_A_SLOT = 2

State = Literal["open", "warn", "bad", "quiet"]


@register.inclusion_tag("components/steps.html")
def steps(current: int, *labels: str) -> dict[str, object]:
    """Progress through a task; `current` counts from 1: {% steps 2 first second third %}."""
    states = ["done" if n < current else "now" if n == current else "" for n in _numbers(labels)]
    return {"steps": list(zip(states, labels, strict=True))}


@register.inclusion_tag("components/day.html")
def day_link(
    day: date, *, href: str, free: int, selected: bool = False, closed: str = ""
) -> dict[str, object]:
    """One day of the strip; `closed` is the reason why nothing can be booked that day."""
    return {
        "day": day,
        "href": href,
        "free": free,
        "selected": selected,
        "closed": closed,
        "few": free <= FEW_IN_A_DAY,
    }


@register.inclusion_tag("components/slot.html")
def slot_button(
    start: str, *, name: str, value: str, free: int, selected: bool = False, waitlist: str = ""
) -> dict[str, object]:
    """One time of the grid: a submit button while places are free, else a link to the waitlist."""
    return {
        "start": start,
        "name": name,
        "value": value,
        "free": free,
        "selected": selected,
        "waitlist": waitlist,
        "few": free <= FEW_IN_A_SLOT,
    }


@register.inclusion_tag("components/pill.html")
def pill(text: str, state: State = "quiet") -> dict[str, str]:
    """The state of a thing in a word or two; a sign beside the colour tells the states apart."""
    return {"text": text, "state": state}


@register.inclusion_tag("components/timer.html")
def timer(until: datetime, label: str) -> dict[str, object]:
    """How long something is kept: a countdown, or the time of its end without JavaScript."""
    seconds = (until - timezone.now()).total_seconds()
    return {"until": until, "seconds": max(0, round(seconds)), "label": label}


@register.inclusion_tag("components/checklist.html")
def checklist(items: Iterable[str], done: Iterable[str] = ()) -> dict[str, object]:
    """What to bring; the items that are also in `done` are ticked."""
    return {"items": items, "done": frozenset(done)}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """What happened and what comes: events with `text`, and where known `at`, `state`, `note`."""
    return {"events": events}


@register.inclusion_tag("components/empty.html")
def empty(text: str, *, href: str = "", act: str = "") -> dict[str, str]:
    """Nothing here yet, and the one thing to do about it."""
    return {"text": text, "href": href, "act": act}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, object]:
    """Earlier and later pages; the other parts of the query stay."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}


@register.inclusion_tag("components/export.html", takes_context=True)
def export_links(context: RequestContext, name: str, **more: str) -> dict[str, object]:
    """The list `name` as a file, with the page's query; `more` is what the address has elsewhere.

    Lists are declared in `export.py`, see `common.tables`.
    """
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    query.update(more)
    wanted = f"?{query.urlencode()}" if query else ""
    return {
        "title": TABLES[name].title,
        "csv_url": reverse("exports:csv", args=[name]) + wanted,
        "xlsx_url": reverse("exports:xlsx", args=[name]) + wanted,
    }


@register.filter
def may_stay_empty(field: BoundField) -> bool:
    """Whether the label should say so; where no field is required, the word would tell nothing."""
    if field.field.required or getattr(field.field, "is_wanted", False):
        return False
    return any(other.required for other in field.form.fields.values())


@register.inclusion_tag("components/qr.html")
def qr(text: str, caption: str = "") -> dict[str, object]:
    """A QR code drawn into the page, so that it prints and needs no second request."""
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    rows = code.get_matrix()
    return {"path": _dark_runs(rows), "size": len(rows), "caption": caption}


def _dark_runs(rows: list[list[bool]]) -> SafeString:
    """The dark modules as an SVG path, one stroke for each horizontal run."""
    path = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if run:
                path.append(f"M{x} {y}h{run}v1h-{run}z")
            x += run + 1
    return mark_safe("".join(path))  # noqa: S308 - made of numbers only


def _numbers(labels: tuple[str, ...]) -> range:
    return range(1, len(labels) + 1)
