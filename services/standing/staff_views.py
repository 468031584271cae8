"""Suspensions and appeals, for the managers who decide."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.standing.access import (
    get_suspension_to_decide,
    suspensions_seen_by,
    suspensions_to_decide,
)
from services.standing.actions import decide_appeal, lift
from services.standing.models import AppealState, Suspension
from services.standing.staff_forms import DecideForm

PAGE_SIZE = 50


@staff_required(roles=STAFF_ROLES)
@require_safe
def suspensions(request: SignedInRequest) -> HttpResponse:
    """Open appeals first, then the pauses in force, then the rest."""
    now = timezone.now()
    day = today(now)
    found = suspensions_seen_by(request.user, day)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    decidable = suspensions_to_decide(request.user, day).filter(pk__in=[row.pk for row in page])
    context = {"page": page, "now": now, "decidable": set(decidable.values_list("pk", flat=True))}
    return render(request, "services/staff/standing/list.html", context)


@staff_required(roles=MANAGER_ROLES)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Grant or refuse an open appeal; without one, end the pause early."""
    now = timezone.now()
    suspension = get_suspension_to_decide(request.user, pk, today(now))
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            _decide(request, suspension, form.cleaned_data["note"])
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided."))
            return redirect("staff:suspensions")
    context = {"suspension": suspension, "form": form, "now": now}
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/standing/decide.html", context, status=status)


def _decide(request: SignedInRequest, suspension: Suspension, note: str) -> None:
    now = timezone.now()
    if suspension.appeal == AppealState.OPEN:
        decide_appeal(
            suspension_id=suspension.pk,
            upheld=request.POST.get("act") == "uphold",
            note=note,
            actor=request.user,
            now=now,
        )
    else:
        lift(suspension_id=suspension.pk, actor=request.user, reason=note, now=now)
