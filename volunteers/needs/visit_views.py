"""What a team's members note on their visits to people, and what became of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.notifications.rendering import language_of
from lishui_center.photos.models import Photo
from services.intake.access import get_followable
from services.intake.actions import follow_need, report_need
from services.intake.forms import sealed_ids, take_photos
from volunteers.needs.access import get_team_to_visit, needs_noted_by
from volunteers.needs.visit_forms import VisitForm
from volunteers.teams.models import Team

PAGE_SIZE = 20


@never_cache
@login_required
@require_safe
def visits(request: SignedInRequest, code: str) -> HttpResponse:
    """What the team noted, and where each need stands: the words that others may read."""
    team = get_team_to_visit(request.user, code, today(timezone.now()))
    page = Paginator(needs_noted_by(team), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/needs/visits.html", {"team": team, "page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Note one; either "is it one of these?" or back to the list."""
    now = timezone.now()
    team = get_team_to_visit(request.user, code, today(now))
    initial = {"centre": team.centre.code if team.centre else ""}
    form = VisitForm(
        request.POST or None,
        request.FILES or None,
        team=team,
        member=request.user,
        initial=initial,
    )
    photos = take_photos(form, request.user, now=now) if form.is_bound else []
    if form.is_valid():
        try:
            return _take(request, form, photos, now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound else 200
    return _page(request, form, photos, "visit", status=status)


def _take(
    request: SignedInRequest, form: VisitForm, photos: list[Photo], now: datetime
) -> HttpResponse:
    language = language_of(get_language() or "")
    if "follow" in request.POST:
        need = get_followable(request.POST["follow"])
        contact = form.contact(language)
        if contact.is_reachable:
            follow_need(need=need, contact=contact, by=request.user, now=now)
        words = _("It is known as %(reference)s. Nothing was doubled.")
    elif known := form.alike(now):
        return _page(request, form, photos, "visit_alike", known=known)
    else:
        need = report_need(report=form.report(photos, language), now=now).follower.request
        words = _("Thank you. The centre has it as %(reference)s.")
    messages.success(request, words % {"reference": need.reference})
    return redirect("volunteers:team-visits", form.team.code)


def _page(
    request: SignedInRequest,
    form: VisitForm,
    photos: list[Photo],
    name: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    team: Team = form.team
    context = {"team": team, "form": form, "kept": sealed_ids(photos), "photos": photos, **more}
    return render(request, f"volunteers/needs/{name}.html", context, status=status)
