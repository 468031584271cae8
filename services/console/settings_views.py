"""What a hall does differently, and the addresses of its kiosk and boards."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from services.centres.access import get_centre_to_manage
from services.centres.actions import save_setting
from services.centres.models import Centre
from services.console.forms import HallSettingsForm
from services.halls.access import hall_settings, kiosk_token


@staff_required(roles=MANAGER_ROLES)
def hall_settings_page(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the hall, and copy the addresses."""
    centre = _centre(request, code)
    form = HallSettingsForm(request.POST or None, instance=hall_settings(centre))
    if form.is_valid():
        save_setting(row=form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("staff:hall-settings", code)
    context = {
        "centre": centre,
        "form": form,
        "kiosk_url": _absolute(reverse("kiosk:kiosk", args=[kiosk_token(centre)])),
        "board_url": _absolute(reverse("boards:board", args=[code])),
        "pools": centre.pools.all(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/console/settings.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_POST
def renew_kiosk(request: SignedInRequest, code: str) -> HttpResponse:
    """Void the kiosk's address: a copy of it has got about."""
    centre = _centre(request, code)
    row = hall_settings(centre)
    row.kiosk_nonce = get_random_string(16)
    save_setting(row=row, by=request.user)
    messages.success(request, _("The kiosk has a new address. The old one no longer works."))
    return redirect("staff:hall-settings", code)


def _centre(request: SignedInRequest, code: str) -> Centre:
    return get_centre_to_manage(request.user, code, today(timezone.now()))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
