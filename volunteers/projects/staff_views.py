"""Projects for the centres' staff: look through them, and decide."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, roles_of, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from volunteers.projects.access import (
    for_staff_list,
    get_project_of_staff,
    manages,
    narrowed,
    projects_of_staff,
)
from volunteers.projects.forms import FilterForm, all_centres
from volunteers.projects.rules import TO_DECIDE, WORK_STATES
from volunteers.projects.stepping import step_page
from volunteers.projects.story import history_of, offers_to, shown

PAGE_SIZE = 50


@staff_required()
@require_safe
def projects(request: SignedInRequest) -> HttpResponse:
    """What waits for a decision first."""
    seen = projects_of_staff(request.user, today(timezone.now()))
    form = FilterForm(request.GET, centres=all_centres())
    found = for_staff_list(narrowed(seen, form.wanted()))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": form, "page": page, "to_decide": TO_DECIDE}
    return render(request, "volunteers/projects/staff_list.html", context)


@staff_required()
@require_safe
def project(request: SignedInRequest, code: str) -> HttpResponse:
    """One project with its checklist and history; whoever manages the centre decides."""
    day = today(timezone.now())
    found = get_project_of_staff(request.user, code, day)
    offers = offers_to(request.user, found, day)
    waits = found.state in TO_DECIDE and manages(request.user, found, day)
    context = {
        **shown(found, inside=True),
        "offers": offers,
        "history": history_of(found),
        "is_own": waits and not offers,
        "step_url": "projects-staff:step",
        "needs_lead_to": "dashboards:chain",
        "may_use": found.state in WORK_STATES and bool(roles_of(request.user, day) & STAFF_ROLES),
    }
    return render(request, "volunteers/projects/staff_project.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, code: str, act: str) -> HttpResponse:
    """Ask once more, then decide."""
    found = get_project_of_staff(request.user, code, today(timezone.now()))
    return step_page(request, found, act, back="projects-staff:project")
