"""The three rates, and the needs behind each figure."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.common.clock import today
from services.requests.access import centres_to_report_at
from services.resolution.access import by_category, by_centre, needs_behind, rates_seen_by
from services.resolution.rate_forms import USUAL, RateForm
from services.resolution.rules import FORMULA, Rate, figures

PAGE_SIZE = 50
NAMES: dict[Rate, str | Promise] = {
    Rate.RESPONSE: pgettext_lazy("rate", "Response rate"),
    Rate.RESOLUTION: pgettext_lazy("rate", "Resolution rate"),
    Rate.SATISFACTION: pgettext_lazy("rate", "Satisfaction rate"),
}


@staff_required()
@require_safe
def rates(request: SignedInRequest) -> HttpResponse:
    """Part and whole of each rate, for all and by centre and category; from the daily figures."""
    day = today(timezone.now())
    form = _form(request)
    wanted = form.wanted(day)
    found = rates_seen_by(request.user, wanted, day)
    totals = found.totals()
    context = {
        "form": form,
        "wanted": wanted,
        "days": (wanted.last - wanted.first).days + 1,
        "centre_code": wanted.centre.code if wanted.centre else "",
        "figures": figures(totals),
        "unanswered": totals["unanswered"],
        "names": list(NAMES.values()),
        "by_centre": by_centre(found),
        "by_category": by_category(found),
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
    page = Paginator(found.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "name": NAMES[chosen], "is_part": is_part, "now": now}
    return render(request, "services/staff/needs/behind.html", context)


def _form(request: SignedInRequest) -> RateForm:
    query = {"days": USUAL, **request.GET.dict()}
    return RateForm(query, centres=centres_to_report_at())
