"""Windows and booking rules of one centre, for its manager."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.centres.access import get_centre_to_manage, get_policy, get_window
from services.centres.actions import change_policy, remove_setting, save_setting
from services.centres.models import Centre, Window
from services.centres.staff_forms import PolicyForm, WindowForm


@staff_required(roles=MANAGER_ROLES)
def edit_window(request: SignedInRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a window or change its number or group."""
    centre = _centre(request, code)
    window = get_window(centre, pk) if pk else Window(centre=centre)
    form = WindowForm(request.POST or None, instance=window, centre=centre)
    return _saved_or_form(
        request,
        form,
        save=lambda: save_setting(row=form.instance, by=request.user),
        title=_("Window"),
        centre=centre,
        removal=reverse("staff:window-remove", args=[code, pk]) if pk else "",
    )


@staff_required(roles=MANAGER_ROLES)
@require_POST
def remove_window(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a window away; how many are open for visitors is the group's setting."""
    centre = _centre(request, code)
    try:
        remove_setting(row=get_window(centre, pk), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The window is removed."))
    return redirect("staff:centre", code)


@staff_required(roles=MANAGER_ROLES)
def policy(request: SignedInRequest, code: str) -> HttpResponse:
    """What the centre allows for bookings."""
    centre = _centre(request, code)
    form = PolicyForm(request.POST or None, instance=get_policy(centre))
    return _saved_or_form(
        request,
        form,
        save=lambda: change_policy(policy=form.instance, by=request.user),
        title=_("Booking rules"),
        centre=centre,
    )


def _centre(request: SignedInRequest, code: str) -> Centre:
    return get_centre_to_manage(request.user, code, today(timezone.now()))


def _saved_or_form(
    request: SignedInRequest,
    form: Any,
    *,
    save: Callable[[], None],
    title: str,
    centre: Centre,
    removal: str = "",
) -> HttpResponse:
    if form.is_valid():
        try:
            save()
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:centre", centre.code)
    context = {"form": form, "title": title, "centre": centre, "removal": removal}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "services/staff/centres/form.html", context, status=status)
