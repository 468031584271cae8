"""A project's milestones and money, for those who lead the work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.plans import actions
from volunteers.plans.access import PLANNING, budget_of, get_budget_line, get_milestone
from volunteers.plans.forms import CostForm, MilestoneForm, SettleForm, SpentForm, fen
from volunteers.projects.access import get_project_to_lead
from volunteers.projects.models import Project
from volunteers.projects.origins import origins_of
from volunteers.projects.rules import WORK_STATES, MilestoneState, State

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(METHODS)
def plan(request: SignedInRequest, code: str) -> HttpResponse:
    """The steps to come and those that are done; one more."""
    project = _project(request, code)
    form = MilestoneForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_milestone(
                project_id=project.pk, target=form.target(), by=request.user, now=timezone.now()
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("volunteers:project-plan", code)
    steps = list(project.milestones.all())
    origins = origins_of(code, [step.pk for step in steps])
    context = {
        "project": project,
        "steps": [(step, origins.get(step.pk)) for step in steps],
        "form": form,
        "may_add": project.state in PLANNING,
        "may_settle": project.state == State.ACTIVE,
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/projects/plan.html", context, status=status)


@never_cache
@login_required
@require_POST
def milestone(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Tick one step off, leave it out, take it up again, or remove it from a draft."""
    project = _project(request, code)
    found = get_milestone(project, pk)
    now = timezone.now()
    form = SettleForm(request.POST)
    try:
        if request.POST.get("state") == "remove":
            actions.remove_milestone(milestone=found, by=request.user, now=now)
        elif form.is_valid():
            actions.settle_milestone(
                milestone=found,
                state=MilestoneState(form.cleaned_data["state"]),
                by=request.user,
                now=now,
                reason=form.cleaned_data["reason"],
            )
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("volunteers:project-plan", code)


@never_cache
@login_required
@require_http_methods(METHODS)
def money(request: SignedInRequest, code: str) -> HttpResponse:
    """What it is to cost and has cost so far; one more line."""
    project = _project(request, code)
    form = CostForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_cost(
                project_id=project.pk, cost=form.cost(), by=request.user, now=timezone.now()
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("volunteers:project-money", code)
    context = {
        "project": project,
        "costs": list(project.budget.all()),
        "budget": budget_of(project),
        "form": form,
        "may_add": project.state in PLANNING,
        "may_spend": project.state in WORK_STATES,
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/projects/money.html", context, status=status)


@never_cache
@login_required
@require_POST
def cost(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Note what a line has cost so far, or remove it from a draft."""
    project = _project(request, code)
    line = get_budget_line(project, pk)
    now = timezone.now()
    form = SpentForm(request.POST)
    try:
        if "remove" in request.POST:
            actions.remove_cost(line=line, by=request.user, now=now)
        elif form.is_valid():
            actions.note_spent(
                line=line, spent_fen=fen(form.cleaned_data["spent"]), by=request.user, now=now
            )
        else:
            messages.error(request, _("Please enter the amount in yuan, such as 120.50."))
            return redirect("volunteers:project-money", code)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("volunteers:project-money", code)


def _project(request: SignedInRequest, code: str) -> Project:
    return get_project_to_lead(request.user, code, today(timezone.now()))
