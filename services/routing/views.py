"""To whom needs usually go: for the town's administrators, and for managers at their centre."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.routing.access import (
    centres_with_routes,
    get_route_to_change,
    lines_of,
    routes_kept_by,
    routes_seen_by,
)
from services.routing.actions import add_route, change_route, remove_route
from services.routing.forms import FindForm, RouteForm, TargetForm, initial_of

PAGE_SIZE = 50


@staff_required(roles=MANAGER_ROLES)
@require_safe
def routes(request: SignedInRequest) -> HttpResponse:
    """The rules of the person's centres and of the whole town; broken ones are marked."""
    day = today(timezone.now())
    form = FindForm(request.GET, centres=centres_with_routes(request.user, day))
    found = routes_seen_by(request.user, day, **form.wanted()).for_list()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(page.object_list),
        "kept": set(routes_kept_by(request.user, day).values_list("pk", flat=True)),
    }
    return render(request, "services/staff/needs/routes.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Set a new rule."""
    now = timezone.now()
    day = today(now)
    form = RouteForm(
        request.POST or None,
        centres=centres_with_routes(request.user, day),
        is_for_town=request.user.is_town_admin(day),
        initial={name: request.GET.get(name, "") for name in ("category", "centre")},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            add_route(
                category=given["category"],
                centre=given["centre"],
                target=form.asked_target(),
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:need-routes")
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/needs/route.html", {"form": form}, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name another target, or take the rule away."""
    now = timezone.now()
    route = get_route_to_change(request.user, pk, today(now))
    if "remove" in request.POST:
        remove_route(route_id=route.pk, by=request.user)
        messages.success(request, _("The rule was taken away."))
        return redirect("staff:need-routes")
    form = TargetForm(request.POST or None, initial=initial_of(route))
    if form.is_valid():
        try:
            change_route(route_id=route.pk, target=form.asked_target(), by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:need-routes")
    context = {"form": form, "line": lines_of([route])[0]}
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/needs/route.html", context, status=status)
