"""The catalogue for staff: the town decides on services, a centre on what it handles."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, Role
from lishui_center.common.clock import today
from services.catalogue.access import catalogue_for_staff, get_item_to_edit
from services.catalogue.actions import save_item, set_offerings
from services.catalogue.models import ServiceItem
from services.catalogue.staff_forms import ItemForm, OfferingsForm
from services.centres.access import get_centre_to_manage

PAGE_SIZE = 50
TOWN = frozenset({Role.TOWN_ADMIN})


@staff_required(roles=MANAGER_ROLES)
@require_safe
def items(request: SignedInRequest) -> HttpResponse:
    """Every service, also those out of use."""
    found = catalogue_for_staff(request.GET.get("q", ""))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": request.GET.get("q", ""),
        "may_edit": request.user.is_town_admin(today(timezone.now())),
    }
    return render(request, "services/staff/catalogue/items.html", context)


@staff_required(roles=TOWN)
def edit_item(request: SignedInRequest, code: str = "") -> HttpResponse:
    """Add a service or change one, with its documents."""
    item = get_item_to_edit(code) if code else ServiceItem()
    name = item.name  # before the form puts in what was typed
    form = ItemForm(request.POST or None, instance=item)
    if form.is_valid():
        save_item(item=form.instance, documents=form.documents(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("staff:items")
    context = {"form": form, "name": name}
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/catalogue/item.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
def offerings(request: SignedInRequest, code: str) -> HttpResponse:
    """What one centre handles, and at which group of windows."""
    centre = get_centre_to_manage(request.user, code, today(timezone.now()))
    form = OfferingsForm(request.POST or None, centre=centre)
    if form.is_valid():
        set_offerings(centre=centre, pools=form.pools(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("staff:centre", code)
    context = {"form": form, "centre": centre}
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/catalogue/offerings.html", context, status=status)
