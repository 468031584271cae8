"""The day on paper, for when the network is gone."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from services.centres.access import centres_staffed_by
from services.centres.models import Pool
from services.console.sheet import sheets_of


@staff_required(roles=STAFF_ROLES)
@require_safe
def sheet(request: SignedInRequest) -> HttpResponse:
    """Today's bookings of one pool or of all, masked, and empty lines for paper numbers."""
    day = today(timezone.now())
    centres = centres_staffed_by(request.user, day)
    centre = get_object_or_404(centres, code=request.GET.get("centre", ""))
    pools = Pool.objects.filter(centre=centre)
    chosen = request.GET.get("pool", "")
    shown = [get_object_or_404(pools, code=chosen)] if chosen else list(pools)
    context = {"centre": centre, "pools": pools, "sheets": sheets_of(shown, day), "today": day}
    return render(request, "services/console/sheet.html", context)
