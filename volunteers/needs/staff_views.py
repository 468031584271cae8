"""Which projects take a need up: for the staff of the unit that has it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.requests.access import get_need_for_staff
from services.requests.models import ServiceRequest
from volunteers.needs.access import choices_for, get_link, links_of
from volunteers.needs.actions import link_need, unlink_need
from volunteers.needs.forms import LinkForm, UnlinkForm

METHODS = ["GET", "HEAD", "POST"]


@staff_required(roles=STAFF_ROLES)
@require_http_methods(METHODS)
def projects(request: SignedInRequest, reference: str) -> HttpResponse:
    """The need's links, and one more."""
    need = _get(request, reference)
    form = LinkForm(request.POST or None, projects=choices_for(need))
    if form.is_valid():
        try:
            link_need(
                need_id=need.pk,
                code=form.cleaned_data["project"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("volunteer-staff:need-projects", need.reference)
    context = {"need": need, "links": links_of(need), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/needs/projects.html", context, status=status)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(METHODS)
def unlink(request: SignedInRequest, reference: str, code: str) -> HttpResponse:
    """Ask why, then part them."""
    need = _get(request, reference)
    link = get_link(need, code)
    form = UnlinkForm(request.POST or None)
    back = reverse("volunteer-staff:need-projects", args=[need.reference])
    if form.is_valid():
        try:
            unlink_need(
                link_id=link.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {
        "need": need,
        "project": link.project,
        "form": form,
        "back_url": back,
        "act_class": "btn-danger",
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/needs/unlink.html", context, status=status)


def _get(request: SignedInRequest, reference: str) -> ServiceRequest:
    return get_need_for_staff(request.user, reference, today(timezone.now()))
