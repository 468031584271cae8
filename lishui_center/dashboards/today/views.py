"""The staff's home: what today brings, what to look at first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.dashboards.today import access

PAGE_SIZE = 12
FEW = 3
"""Of so many centres the evening is shown person by person, of more as a number."""

EMPTY_SHOWN = 12


@staff_required()
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Every number is a link to its list."""
    now = timezone.now()
    user = request.user
    day = today(now)
    days = access.centre_days(user, now)
    manages = any(grant.role in MANAGER_ROLES for grant in user.grants_on(day))
    empty = [shift for item in days for shift in item.hall.empty]
    context = {
        "today": day,
        "page": Paginator(days, PAGE_SIZE).get_page(request.GET.get("page")),
        "totals": access.totals(days),
        "total": sum(item.total for item in days),
        "waiting": sum(item.hall.waiting for item in days),
        "empty": empty[:EMPTY_SHOWN],
        "empty_count": len(empty),
        "evenings": days if len(days) <= FEW else [],
        "arrivals": access.next_arrivals(user, now),
        "attention": access.attention(user, now),
        "ratings": access.bad_ratings(user, day) if manages else None,
        "closures": access.closures_ahead(user, now),
        "manages": manages,
        "audits": user.is_auditor(day) or user.is_town_admin(day),
    }
    return render(request, "dashboards/today/page.html", context)
