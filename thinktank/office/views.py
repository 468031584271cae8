"""The think tank's staff page: what waits for the town today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import TRAIL_READERS
from lishui_center.common.clock import today
from thinktank.office.access import ending_soon, late_decisions, waiting_for_town

MOST = 20


@staff_required(roles=TRAIL_READERS)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Overdue answers and decisions first, reports to read, terms that end soon."""
    day = today(timezone.now())
    context = {
        "waiting": waiting_for_town(request.user, day),
        "ending": ending_soon(day)[:MOST],
        "late": late_decisions(day),
        "is_admin": request.user.is_town_admin(day),
        "today": day,
    }
    return render(request, "thinktank/staff/home.html", context)
