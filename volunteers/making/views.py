"""Making activities: a leader for the team, staff for their centre."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.activities.access import activities_of_team, activities_staffed_by, leads
from volunteers.activities.actions import change_activity, make_activity, publish_activity
from volunteers.activities.doors import runs_activity
from volunteers.activities.models import TEXT_FIELDS, Activity
from volunteers.making.access import (
    centres_for_staff,
    centres_of_team,
    teams_for_staff,
)
from volunteers.making.forms import ActivityForm, CancelForm, TextsForm
from volunteers.signups.access import offered
from volunteers.signups.changing import cancel_activity
from volunteers.teams.access import get_team_to_decide

PAGE_SIZE = 30


@never_cache
@login_required
@require_safe
def of_team(request: SignedInRequest, code: str) -> HttpResponse:
    """The activities of a team, for its leaders."""
    team = get_team_to_decide(request.user, code, today(timezone.now()))
    page = Paginator(activities_of_team(team), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/making/team.html", {"team": team, "page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_of_team(request: SignedInRequest, code: str) -> HttpResponse:
    """A new activity of the team."""
    team = get_team_to_decide(request.user, code, today(timezone.now()))
    centres = centres_of_team(team)
    initial = {"team": team.code, "centre": team.centre and team.centre.code}
    form = ActivityForm(request.POST or None, centres=centres, teams=[team], initial=initial)
    return _make(request, form) or _form_page(request, form)


@staff_required(roles=STAFF_ROLES)
@require_safe
def of_centres(request: SignedInRequest) -> HttpResponse:
    """The activities at the centres where the person works."""
    found = activities_staffed_by(request.user, today(timezone.now()))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/making/staff.html", {"page": page})


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_of_centre(request: SignedInRequest) -> HttpResponse:
    """A new activity of a centre, or of one of its teams."""
    day = today(timezone.now())
    centres = centres_for_staff(request.user, day)
    teams = teams_for_staff(request.user, day)
    form = ActivityForm(request.POST or None, centres=centres, teams=list(teams))
    return _make(request, form) or _form_page(request, form)


@runs_activity
@require_safe
def manage(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """What it says, its sessions, and what can be done."""
    now = timezone.now()
    shows_past = request.GET.get("show") == "past"
    sessions = activity.sessions.coming(now)
    if shows_past:
        sessions = activity.sessions.over(now)
    page = Paginator(sessions, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "activity": activity,
        "page": page,
        "rows": offered(list(page.object_list)),
        "shows_past": shows_past,
        "leads": leads(request.user, activity, today(now)),
    }
    return render(request, "volunteers/making/activity.html", context)


@runs_activity
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Change the words."""
    initial = {name: getattr(activity, name) for name in TEXT_FIELDS}
    form = TextsForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            change_activity(
                activity_id=activity.pk,
                texts=form.texts(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("volunteers:activity", activity.code)
    return _form_page(request, form, activity)


@runs_activity
@require_POST
def publish(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Show it to everybody."""
    try:
        publish_activity(activity_id=activity.pk, by=request.user, now=timezone.now())
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published: people can sign up now."))
    return redirect("volunteers:activity", activity.code)


@runs_activity
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Cancel it with all sessions that have not begun."""
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            cancel_activity(
                activity_id=activity.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Cancelled. Everybody who signed up is told."))
            return redirect("volunteers:activity", activity.code)
    context = {
        "activity": activity,
        "form": form,
        "act_class": "btn-danger",
        "back_url": reverse("volunteers:activity", args=[activity.code]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/making/cancel.html", context, status=status)


def _make(request: SignedInRequest, form: ActivityForm) -> HttpResponse | None:
    """Where to go once it is made; None while the form is not right."""
    if not form.is_valid():
        return None
    try:
        activity = make_activity(plan=form.plan(), by=request.user, now=timezone.now())
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The draft is kept. Add a session, then publish it."))
    answer: HttpResponse = redirect("volunteers:session-new", activity.code)
    return answer


def _form_page(
    request: SignedInRequest, form: TextsForm, activity: Activity | None = None
) -> HttpResponse:
    context = {"form": form, "activity": activity}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/making/form.html", context, status=status)
