"""Staff enter what came late, and the administrator allows a long day."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES, Role
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.entering.actions import allow_long_day, enter_late
from volunteers.entering.forms import AllowanceForm, LateForm
from volunteers.teams.access import get_team_to_staff, members_since, teams_staffed_by

PAGE_SIZE = 50


@staff_required(roles=STAFF_ROLES)
@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    """For which team service is entered."""
    day = today(timezone.now())
    found = teams_staffed_by(request.user, day)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_admin": request.user.is_town_admin(day),
    }
    return render(request, "volunteers/entering/teams.html", context)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def late(request: SignedInRequest, code: str) -> HttpResponse:
    """Service of one of the team's people, with its grounds; a colleague confirms it."""
    now = timezone.now()
    team = get_team_to_staff(request.user, code, today(now))
    first = today(now - timedelta(days=settings.HOURS_BACK_ENTRY_DAYS))
    form = LateForm(request.POST or None, members=members_since(team, first))
    if form.is_valid():
        try:
            recorded = enter_late(
                volunteer=form.person(),
                team=team,
                service=form.service(team),
                grounds=form.grounds(),
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered. It counts once a colleague has confirmed it."))
            return redirect("hours:record", recorded.entry.pk)
    status = 422 if form.is_bound else 200
    context = {"team": team, "form": form, "days": settings.HOURS_BACK_ENTRY_DAYS}
    return render(request, "volunteers/entering/late.html", context, status=status)


@staff_required(roles=frozenset({Role.TOWN_ADMIN}))
@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: SignedInRequest, code: str) -> HttpResponse:
    """One person's one day above twelve hours."""
    now = timezone.now()
    team = get_team_to_staff(request.user, code, today(now))
    first = today(now - timedelta(days=settings.HOURS_BACK_ENTRY_DAYS))
    form = AllowanceForm(request.POST or None, members=members_since(team, first))
    if form.is_valid():
        given = form.cleaned_data
        try:
            allow_long_day(
                volunteer=form.person(),
                day=given["day"],
                reason=given["reason"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Allowed. The records of that day can be entered now."))
            return redirect("hours:teams")
    status = 422 if form.is_bound else 200
    context = {"team": team, "form": form}
    return render(request, "volunteers/entering/allow.html", context, status=status)
