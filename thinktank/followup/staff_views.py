"""Adding and settling the steps that follow from a recommendation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from thinktank.followup import actions
from thinktank.followup.access import get_action
from thinktank.followup.forms import SettleForm, StepForm
from thinktank.followup.models import ActionState
from thinktank.recommendations.access import get_owned


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more step."""
    day = today(timezone.now())
    advice = get_owned(request.user, pk, day)
    form = StepForm(request.POST or None, user=request.user, day=day)
    if form.is_valid():
        try:
            actions.add_action(recommendation_id=pk, step=form.step(), by=request.user)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("thinktank:recommendation", pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "advice": advice}
    return render(request, "thinktank/staff/step.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Done, or dropped for a reason."""
    now = timezone.now()
    action = get_action(request.user, pk, today(now))
    form = SettleForm(request.POST or None)
    if form.is_valid():
        try:
            actions.settle_action(
                action_id=pk,
                state=ActionState(form.cleaned_data["state"]),
                note=form.cleaned_data["note"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("thinktank:recommendation", action.recommendation_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "action": action}
    return render(request, "thinktank/staff/settle_step.html", context, status=status)
