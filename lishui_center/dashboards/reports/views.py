"""What the days came to: waits, service times, use, bookings, windows, ratings, forecasts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, roles_of, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.dashboards.reports import access
from lishui_center.dashboards.reports.forms import USUAL, ReportForm
from lishui_center.dashboards.reports.sections import sections_of


@staff_required(roles=access.READERS)
@require_safe
def reports(request: SignedInRequest) -> HttpResponse:
    """One centre or all that the person may read of, for a period that stays in the address."""
    now = timezone.now()
    day = today(now)
    centres = list(access.centres_reported_to(request.user, day))
    query = {"days": USUAL, **request.GET.dict()}
    form = ReportForm(query, centres=centres, today=day)
    asked = form.asked()
    report = access.report_of(asked, now=now)
    context = {
        "form": form,
        "asked": asked,
        "report": report,
        "tables": sections_of(report.sums) if report.days or report.open else [],
        "words": access.words_of(asked),
        "sees_ratings": bool(roles_of(request.user, day) & MANAGER_ROLES),
    }
    return render(request, "dashboards/reports/page.html", context)
