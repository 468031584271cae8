"""What the town's centre achieved: for everybody, and for a screen on the wall."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.dashboards.results import access, sheets

PAGE_SIZE = 10
NEWEST = 2
ON_THE_WALL = 3


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The figures of the year and of the last 30 days, and the newest stories."""
    found = access.results(timezone.now())
    sections = sheets.sections(found)
    context = {
        "found": found,
        "year": sheets.year_of(found),
        "headlines": sheets.headlines(sections),
        "sections": sections,
        "stories": access.stories()[:NEWEST],
    }
    return render(request, "dashboards/results/page.html", context)


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """What completed projects changed, before and after beside each other."""
    page = Paginator(access.stories(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "dashboards/results/stories.html", {"page": page})


@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """The year by centre, ordered by `?order=`."""
    found = access.places(timezone.now())
    asked = request.GET.get("order", "")
    order = asked if asked in sheets.COLUMNS else sheets.NO_COLUMN
    context = {
        "found": found,
        "year": sheets.year_of(found),
        "order": order,
        "rows": sheets.rows(found, order),
    }
    return render(request, "dashboards/results/centres.html", context)


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """One screen after the other; `?slide=` is the one that a browser without scripts shows."""
    now = timezone.now()
    found = access.results(now)
    groups = sheets.sections(found)
    told = list(access.stories()[:ON_THE_WALL])
    slide = _slide(request, len(groups) + len(told))
    context = {
        "now": now,
        "found": found,
        "year": sheets.year_of(found),
        "sections": groups,
        "stories": told,
        "slide": slide,
        "story": slide - len(groups),
        "next": (slide + 1) % (len(groups) + len(told)),
    }
    return render(request, "dashboards/results/wall.html", context)


def _slide(request: HttpRequest, slides: int) -> int:
    asked = request.GET.get("slide", "")
    return int(asked[:4]) % slides if asked.isascii() and asked.isdigit() else 0
