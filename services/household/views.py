"""My family: whom I book for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from services.household import actions
from services.household.access import get_relative
from services.household.forms import RelativeForm, filled_in
from services.household.rules import MOST_RELATIVES

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(METHODS)
def family(request: SignedInRequest) -> HttpResponse:
    """The relatives, and a form to enter one more."""
    form = RelativeForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_relative(user=request.user, relative=form.relative())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("household:list")
    relatives = list(request.user.family_members.all())
    context = {
        "relatives": relatives,
        "most": MOST_RELATIVES,
        "has_room": len(relatives) < MOST_RELATIVES,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/household/family.html", context, status=status)


@never_cache
@login_required
@require_http_methods(METHODS)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct one relative's entry."""
    member = get_relative(request.user, pk)
    form = RelativeForm(request.POST or None, initial=filled_in(member))
    if form.is_valid():
        try:
            actions.change_relative(member=member, relative=form.relative())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("household:list")
    context = {"member": member, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "services/household/change.html", context, status=status)


@never_cache
@login_required
@require_http_methods(METHODS)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget one relative, after asking."""
    member = get_relative(request.user, pk)
    if request.method == "POST":
        actions.remove_relative(member=member)
        messages.success(request, _("Removed."))
        return redirect("household:list")
    back_url = reverse("household:list")
    context = {"member": member, "act_class": "btn-danger", "back_url": back_url}
    return render(request, "services/household/remove.html", context)
