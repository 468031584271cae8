"""Needs that were passed on to a team or a project, for those who lead it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.photos.answering import photo_response
from services.dispatching.actions import take_step
from services.dispatching.forms import acts_with_forms, form_of
from services.requests.access import is_own
from services.requests.models import ServiceRequest
from services.requests.rules import Act, Party, acts_for
from services.tracking.story import public_story, unit_name
from volunteers.needs.access import get_need_passed_to, needs_passed_to

PAGE_SIZE = 20
LEADERS = (Act.ACCEPT, Act.START, Act.RESOLVE, Act.ASK, Act.ANSWER, Act.RETURN)
"""What a team or project does; passing on, closing and the like stay with the staff."""


@never_cache
@login_required
@require_safe
def needs(request: SignedInRequest) -> HttpResponse:
    """What is with my teams and projects, the longest waiting first."""
    found = needs_passed_to(request.user, today(timezone.now())).open().select_related("centre")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/needs/list.html", {"page": page})


@never_cache
@login_required
@require_safe
def need(request: SignedInRequest, reference: str) -> HttpResponse:
    """One of them, and what comes next."""
    return _page(request, _get(request, reference))


@login_required
@require_POST
def act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take it on, send it back, or say that it is done."""
    found, chosen = _get(request, reference), Act(name)
    if chosen not in LEADERS:
        raise Http404
    form = form_of(chosen, found, request.POST)
    if form.is_valid():
        try:
            take_step(
                need_id=found.pk,
                act=chosen,
                actor=request.user,
                given=form.details(),
                version=form.cleaned_data["version"],
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
            found = _get(request, reference)  # A colleague may have moved it on.
        else:
            messages.success(request, _("Saved."))
            if chosen is Act.RETURN:
                return redirect("volunteers:needs")
            return redirect("volunteers:need", found.reference)
    return _page(request, found, form=form, failed=chosen)


@never_cache
@login_required
@require_safe
def photo(request: SignedInRequest, reference: str, position: int) -> HttpResponseBase:
    """A photo of the need, for whoever is to solve it."""
    rows = _get(request, reference).photos.filter(position=position).select_related("photo")
    row = rows.first()
    if row is None:
        raise Http404
    return photo_response(row.photo, thumb="thumb" in request.GET)


def _get(request: SignedInRequest, reference: str) -> ServiceRequest:
    return get_need_passed_to(request.user, reference, today(timezone.now()))


def _page(request: SignedInRequest, found: ServiceRequest, **more: Any) -> HttpResponse:
    parties: set[Party] = set() if is_own(request.user, found) else {Party.UNIT}
    acts = [act for act in acts_for(found.state, parties) if act in LEADERS]
    context = {
        "need": found,
        "unit": unit_name(found),
        "events": public_story(found),
        "clocks": [clock for clock in found.clocks.all() if clock.is_running],
        "photos": list(found.photos.all()),
        "acts": acts_with_forms(acts, found),
        **more,
    }
    status = 422 if "form" in more else 200
    return render(request, "volunteers/needs/need.html", context, status=status)
