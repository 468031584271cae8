"""A need that staff write down for somebody, with a look at those that are known already."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.notifications.rendering import language_of
from lishui_center.photos.models import Photo
from services.dispatching.actions import report_joined
from services.intake.access import get_followable
from services.intake.actions import follow_need, report_need
from services.intake.forms import StaffNeedForm, sealed_ids, take_photos
from services.requests.access import needs_seen_by, unit_for
from services.requests.models import ServiceRequest


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """For somebody at the desk or on the phone; either "is it one of these?" or the need's page."""
    now = timezone.now()
    form = StaffNeedForm(request.POST or None, request.FILES or None, user=request.user)
    photos = take_photos(form, request.user, now=now) if form.is_bound else []
    if form.is_valid():
        try:
            return _take(request, form, photos, now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound else 200
    return _page(request, form, photos, "new", status=status)


def _take(
    request: SignedInRequest, form: StaffNeedForm, photos: list[Photo], now: datetime
) -> HttpResponse:
    language = language_of(get_language() or "")
    if "follow" in request.POST:
        return _follow(request, form, language, now)
    report = form.report(photos, language)
    if "join" in request.POST:
        into = get_followable(request.POST["join"])
        need = report_joined(report=report, into=into, by=request.user, now=now)
        words = _("Saved, and joined with %(reference)s.")
        messages.success(request, words % {"reference": into.reference})
        return redirect("staff:need", need.reference)
    if known := form.alike(now):
        unit = unit_for(form.cleaned_data["centre"])
        may_join = request.user.works_at(unit.pk, today(now))
        return _page(request, form, photos, "alike", known=known, may_join=may_join)
    done = report_need(report=report, now=now)
    messages.success(request, _("Saved."))
    return redirect("staff:need", done.follower.request.reference)


def _follow(
    request: SignedInRequest, form: StaffNeedForm, language: str, now: datetime
) -> HttpResponse:
    """Have the person told of a known need; who left nothing to reach them is not counted."""
    need = get_followable(request.POST["follow"])
    contact = form.contact(language)
    if contact.is_reachable:
        follow_need(need=need, contact=contact, by=request.user, now=now)
        words = _("The person is told of every step of %(reference)s now. Nothing was doubled.")
    else:
        words = _("It is known as %(reference)s. Nothing was doubled.")
    messages.success(request, words % {"reference": need.reference})
    return _to(request, need, now)


def _to(request: SignedInRequest, need: ServiceRequest, now: datetime) -> HttpResponse:
    """The need's page, for whoever may see it."""
    if needs_seen_by(request.user, today(now)).filter(pk=need.pk).exists():
        return redirect("staff:need", need.reference)
    return redirect("staff:needs-board")


def _page(
    request: SignedInRequest,
    form: StaffNeedForm,
    photos: list[Photo],
    name: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "kept": sealed_ids(photos), "photos": photos, **more}
    return render(request, f"services/staff/needs/{name}.html", context, status=status)
