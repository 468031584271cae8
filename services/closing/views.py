"""The closed days of a centre with their figures."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from services.centres.access import centres_staffed_by
from services.closing.access import days_seen_by
from services.closing.forms import CentreForm

PAGE_SIZE = 31


@staff_required(roles=STAFF_ROLES)
@require_safe
def days(request: SignedInRequest) -> HttpResponse:
    """The latest days first, of one centre or of all where the person works."""
    day = today(timezone.now())
    form = CentreForm(request.GET, centres=centres_staffed_by(request.user, day))
    found = days_seen_by(request.user, day).of_centre(form.chosen())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "services/staff/days/list.html", {"form": form, "page": page})
