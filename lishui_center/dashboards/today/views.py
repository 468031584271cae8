"""The staff's home: what today brings, what to look at first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.dashboards.today import access


@staff_required()
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Every number is a link to its list."""
    now = timezone.now()
    user = request.user
    day = today(now)
    days = access.centre_days(user, day)
    context = {
        "today": day,
        "days": days,
        "totals": access.totals(days),
        "total": sum(item.total for item in days),
        "arrivals": access.next_arrivals(user, now),
        "attention": access.attention(user, now),
        "closures": access.closures_ahead(user, now),
        "manages": any(grant.role in MANAGER_ROLES for grant in user.grants_on(day)),
        "audits": user.is_auditor(day) or user.is_town_admin(day),
    }
    return render(request, "dashboards/today.html", context)
