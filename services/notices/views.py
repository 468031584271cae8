"""The list of missing documents to hand over."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from services.notices.access import missing_of
from services.tickets.access import get_ticket_for_staff
from services.tickets.messages import place_url


@staff_required(roles=STAFF_ROLES)
@require_safe
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """One page to print; the visitor finds the same list by the code on it."""
    ticket = get_ticket_for_staff(request.user, pk, timezone.now())
    context = {"ticket": ticket, "lines": missing_of(ticket), "place_url": place_url(ticket)}
    return render(request, "services/notices/notice.html", context)
