"""The deadlines that are promised, by category: for the town's administrators to set."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import Role
from services.clocks.access import policies
from services.clocks.forms import PolicyForm, initial_of
from services.clocks.policies import set_policy


@staff_required(roles=frozenset({Role.TOWN_ADMIN}))
@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: SignedInRequest) -> HttpResponse:
    """What is in force for each category, and a new version of one."""
    form = PolicyForm(request.POST or None, initial=initial_of(policies()[0]))
    if form.is_valid():
        set_policy(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Saved. It holds for needs that come from now on."))
        return redirect("staff:need-deadlines")
    status = 422 if form.is_bound else 200
    context = {"form": form, "policies": policies()}
    return render(request, "services/staff/needs/deadlines.html", context, status=status)
