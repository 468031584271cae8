"""The three rates, and the needs behind each figure."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.common.clock import today
from lishui_center.common.paging import LongPaginator
from services.requests.access import centres_to_report_at
from services.resolution.access import (
    Line,
    by_category,
    by_centre,
    by_team,
    needs_behind,
    sums_seen_by,
)
from services.resolution.rate_forms import USUAL, RateForm
from services.resolution.rules import FORMULA, Figure, Rate, added, figures

PAGE_SIZE = 50
NAMES: dict[Rate, str | Promise] = {
    Rate.RESPONSE: pgettext_lazy("rate", "Response rate"),
    Rate.RESOLUTION: pgettext_lazy("rate", "Resolution rate"),
    Rate.SATISFACTION: pgettext_lazy("rate", "Satisfaction rate"),
}


@staff_required()
@require_safe
def rates(request: SignedInRequest) -> HttpResponse:
    """Part and whole of each rate: of all, by centre, category and team; from the daily figures."""
    day = today(timezone.now())
    form = _form(request)
    wanted = form.wanted(day)
    rows = sums_seen_by(request.user, wanted, day)
    totals = added(rows)
    teams = Paginator(by_team(rows, form.team_names), PAGE_SIZE)
    team_page = teams.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "figures": figures(totals),
        "unanswered": totals["unanswered"],
        "names": list(NAMES.values()),
        "by_centre": _rows(request, "centre", by_centre(rows)),
        "by_category": _rows(request, "category", by_category(rows)),
        "by_team": _rows(request, "team", list(team_page)),
        "team_page": team_page,
        "formula": FORMULA,
        "may_set_deadlines": request.user.is_town_admin(day),
    }
    return render(request, "services/staff/needs/rates.html", context)


@staff_required()
@require_safe
def behind(request: SignedInRequest, rate: str) -> HttpResponse:
    """The needs that a figure counts, or with `missed=1` those that it lacks."""
    now = timezone.now()
    form = _form(request)
    chosen = Rate(rate)
    is_part = "missed" not in request.GET
    found = needs_behind(
        request.user,
        chosen,
        form.wanted(today(now)),
        is_part=is_part,
        today=today(now),
        now=now,
    )
    page = LongPaginator(found.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "name": NAMES[chosen], "is_part": is_part, "now": now}
    return render(request, "services/staff/needs/behind.html", context)


def _rows(
    request: SignedInRequest, field: str, lines: Sequence[Line]
) -> list[tuple[str, list[tuple[str, Figure, str]]]]:
    """(name, [(rate, figure, address of its needs)]) of each line; the page's filter stays.

    Made here and once a line: a hundred lines of tags took the page most of its time.
    """
    pages = {rate: reverse("staff:need-rate", args=[rate.value]) for rate in Rate}
    names = {rate: str(name) for rate, name in NAMES.items()}
    query = request.GET.copy()
    query.pop("page", None)
    rows = []
    for line in lines:
        query[field] = line.key
        wanted = query.urlencode()
        cells = [
            (names[figure.rate], figure, f"{pages[figure.rate]}?{wanted}")
            for figure in line.figures
        ]
        rows.append((line.name, cells))
    return rows


def _form(request: SignedInRequest) -> RateForm:
    query = {"days": USUAL, **request.GET.dict()}
    return RateForm(query, centres=centres_to_report_at())
