"""Projects for the people who do the work, below /volunteer/projects/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.projects.access import (
    get_project_of,
    get_project_to_lead,
    leads,
    projects_of,
    teams_to_take_part,
)
from volunteers.projects.actions import change_idea, note_idea, write_result
from volunteers.projects.forms import IdeaForm, ResultForm, written
from volunteers.projects.models import Project
from volunteers.projects.rules import State
from volunteers.projects.stepping import step_page
from volunteers.projects.story import history_of, offers_to, shown
from volunteers.teams.access import teams_led_by

PAGE_SIZE = 20
METHODS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What I lead, proposed, or take part in with my teams."""
    day = today(timezone.now())
    found = projects_of(request.user, day).for_list()
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_propose": bool(teams_led_by(request.user, day)),
    }
    return render(request, "volunteers/projects/mine.html", context)


@never_cache
@login_required
@require_http_methods(METHODS)
def new(request: SignedInRequest) -> HttpResponse:
    """Write an idea down, for a team that one leads."""
    now = timezone.now()
    teams = teams_led_by(request.user, today(now))
    if not teams:
        raise Http404
    form = IdeaForm(
        request.POST or None,
        initial={"lead": request.user.pk},
        teams=teams,
        partners=teams_to_take_part(teams),
    )
    if form.is_valid():
        try:
            noted = note_idea(idea=form.idea(), by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Plan the milestones, then propose it."))
            return redirect("volunteers:project", noted.code)
    return _form_page(request, "volunteers/projects/idea.html", form, None)


@never_cache
@login_required
@require_http_methods(METHODS)
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Other words, while nobody has approved it."""
    now = timezone.now()
    project = get_project_to_lead(request.user, code, today(now))
    if not project.is_draft:
        raise Http404
    teams = [link.team for link in project.links.all() if link.is_responsible]
    teams += [team for team in teams_led_by(request.user, today(now)) if team not in teams]
    partners = teams_to_take_part(teams)
    form = IdeaForm(request.POST or None, initial=written(project), teams=teams, partners=partners)
    if form.is_valid():
        try:
            change_idea(project_id=project.pk, idea=form.idea(), by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("volunteers:project", code)
    return _form_page(request, "volunteers/projects/idea.html", form, project)


@never_cache
@login_required
@require_safe
def project(request: SignedInRequest, code: str) -> HttpResponse:
    """How far it is, what is still missing, and what to do next."""
    day = today(timezone.now())
    found = get_project_of(request.user, code, day)
    context = {
        **shown(found, inside=True),
        "offers": offers_to(request.user, found, day),
        "history": history_of(found),
        "is_lead": leads(request.user, found, day),
        "may_write_result": found.state in (State.ACTIVE, State.PAUSED),
        "step_url": "volunteers:project-step",
        "needs_lead_to": "volunteers:need" if found.lead_id == request.user.pk else "",
    }
    return render(request, "volunteers/projects/work.html", context)


@never_cache
@login_required
@require_http_methods(METHODS)
def step(request: SignedInRequest, code: str, act: str) -> HttpResponse:
    """Ask once more, then do it."""
    found = get_project_of(request.user, code, today(timezone.now()))
    return step_page(request, found, act, back="volunteers:project")


@never_cache
@login_required
@require_http_methods(METHODS)
def result(request: SignedInRequest, code: str) -> HttpResponse:
    """Write down what came of it."""
    now = timezone.now()
    found = get_project_to_lead(request.user, code, today(now))
    form = ResultForm(request.POST or None, initial={"text": found.result})
    if form.is_valid():
        try:
            write_result(
                project_id=found.pk, text=form.cleaned_data["text"], by=request.user, now=now
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("volunteers:project", code)
    return _form_page(request, "volunteers/projects/result.html", form, found)


def _form_page(
    request: SignedInRequest, template: str, form: IdeaForm | ResultForm, project: Project | None
) -> HttpResponse:
    context = {"form": form, "project": project}
    return render(request, template, context, status=422 if form.is_bound else 200)
