"""Teams for the staff of their centres."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.joining.access import requests_to
from volunteers.leadership.access import proposals_of
from volunteers.pages.access import centres_of_staff, hours_of, teams_to_staff
from volunteers.pages.forms import StaffFindForm, TeamForm
from volunteers.teams.access import get_team_to_staff, people_of, vouches_for
from volunteers.teams.actions import save_team
from volunteers.teams.models import Team

PAGE_SIZE = 50


@staff_required(roles=STAFF_ROLES)
@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    """The teams of the person's centres."""
    day = today(timezone.now())
    form = StaffFindForm(request.GET, centres=centres_of_staff(request.user, day))
    found = teams_to_staff(request.user, form.wanted(), day)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/staff/teams/list.html", {"form": form, "page": page})


@staff_required(roles=STAFF_ROLES)
@require_safe
def team(request: SignedInRequest, code: str) -> HttpResponse:
    """One team: its people, masked, and what waits for a decision."""
    day = today(timezone.now())
    found = get_team_to_staff(request.user, code, day)
    context = {
        "team": found,
        "page": Paginator(people_of(found), PAGE_SIZE).get_page(request.GET.get("page")),
        "requests": requests_to(found),
        "proposals": proposals_of(found),
        "minutes": hours_of(found, day),
        "vouches": vouches_for(request.user, found, day),
    }
    return render(request, "volunteers/staff/teams/team.html", context)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, code: str = "") -> HttpResponse:
    """Add a team, or change what it is."""
    now = timezone.now()
    day = today(now)
    found = get_team_to_staff(request.user, code, day) if code else Team()
    form = TeamForm(
        request.POST or None,
        instance=found,
        centres=centres_of_staff(request.user, day),
        may_be_town_wide=request.user.is_town_admin(day),
    )
    if form.is_valid():
        try:
            save_team(team=form.instance, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("volunteer-staff:team", form.instance.code)
    back_url = (
        reverse("volunteer-staff:team", args=[code]) if code else reverse("volunteer-staff:teams")
    )
    context = {"form": form, "code": code, "team": found, "back_url": back_url}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/teams/edit.html", context, status=status)
