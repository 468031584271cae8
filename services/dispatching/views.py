"""The dispatch desk: the board, the list, one need with everything that can be done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.paging import LongPaginator
from lishui_center.photos.answering import photo_response
from services.dispatching.access import board_of, needs_wanted
from services.dispatching.actions import release_words, show_reporter, take_step, take_steps
from services.dispatching.forms import (
    BulkForm,
    FilterForm,
    ReleaseForm,
    WhyForm,
    acts_with_forms,
    form_of,
)
from services.dispatching.steps import STEPS
from services.intake.access import alike
from services.requests.access import (
    centres_to_report_at,
    get_need_for_staff,
    needs_seen_by,
    parties_of,
)
from services.requests.followers import Follower
from services.requests.models import ServiceRequest
from services.requests.projects import linked_with, links_page
from services.requests.rules import TO_CONFIRM, Act, Party, acts_for
from services.tracking.story import full_story, unit_name

PAGE_SIZE = 50
MOST_AT_ONCE = 50
MAY_CALL = frozenset({Party.DESK, Party.MANAGER})


@staff_required()
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """What waits in each state, the longest waiting first; filters stay in the address."""
    now = timezone.now()
    form = FilterForm(request.GET, centres=centres_to_report_at())
    found = needs_wanted(request.user, form.wanted(), today=today(now), now=now)
    context = {"form": form, "columns": board_of(found), "now": now, "shows": "board"}
    return render(request, "services/staff/needs/board.html", context)


@staff_required()
@require_safe
def needs(request: SignedInRequest) -> HttpResponse:
    """The same as a list, to tick several."""
    now = timezone.now()
    form = FilterForm(request.GET, centres=centres_to_report_at())
    found = needs_wanted(request.user, form.wanted(), today=today(now), now=now)
    page = LongPaginator(found.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "now": now, "bulk": BulkForm(), "shows": "list"}
    return render(request, "services/staff/needs/list.html", context)


@staff_required(roles=STAFF_ROLES)
@require_POST
def bulk(request: SignedInRequest) -> HttpResponse:
    """The same act for all that are ticked; what was refused is said by its number."""
    form, now = BulkForm(request.POST), timezone.now()
    wanted = request.POST.getlist("references")[:MOST_AT_ONCE]
    if not form.is_valid() or not wanted:
        messages.error(request, _("Please tick some needs, and choose what to do."))
        return redirect("staff:needs")
    chosen = needs_seen_by(request.user, today(now)).filter(reference__in=wanted)
    result = take_steps(
        needs=chosen,
        act=Act(form.cleaned_data["act"]),
        actor=request.user,
        given=form.details(),
        now=now,
    )
    done = ngettext("%(number)s need done.", "%(number)s needs done.", result.done)
    messages.success(request, done % {"number": result.done})
    for reference, why in result.refused.items():
        messages.error(request, f"{reference}: {why}")
    return redirect("staff:needs")


@staff_required()
@require_safe
def need(request: SignedInRequest, reference: str) -> HttpResponse:
    """One need with everything known, and what the person may do with it."""
    return _page(request, _get(request, reference))


@staff_required(roles=STAFF_ROLES)
@require_POST
def act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take one step."""
    found = _get(request, reference)
    chosen = Act(name)
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
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:need", found.reference)
    return _page(request, _get(request, reference), form=form, failed=chosen)


@staff_required(roles=STAFF_ROLES)
@require_POST
def release(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let others read the words, as they are after a look."""
    found = _get(request, reference)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            release_words(
                need_id=found.pk,
                actor=request.user,
                words=form.cleaned_data["words"],
                now=timezone.now(),
            )
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
    return redirect("staff:need", found.reference)


@staff_required(roles=STAFF_ROLES)
@require_POST
@never_cache
def show_contact(request: SignedInRequest, reference: str) -> HttpResponse:
    """The reporter's number: takes a reason and leaves a trace."""
    found = _get(request, reference)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        reporter = show_reporter(
            need=found,
            actor=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form=form)
    return _page(request, found, shown=reporter)


@staff_required()
@require_safe
def photo(request: SignedInRequest, reference: str, position: int) -> HttpResponseBase:
    """A photo of the need, for those whom it concerns."""
    rows = _get(request, reference).photos.filter(position=position).select_related("photo")
    row = rows.first()
    if row is None:
        raise Http404
    return photo_response(row.photo, thumb="thumb" in request.GET)


def _get(request: SignedInRequest, reference: str) -> ServiceRequest:
    return get_need_for_staff(request.user, reference, today(timezone.now()))


def _page(request: SignedInRequest, found: ServiceRequest, **more: Any) -> HttpResponse:
    now = timezone.now()
    parties = parties_of(request.user, found, today(now))
    acts = [act for act in acts_for(found.state, parties) if act in STEPS]
    shown, form = more.get("shown"), more.get("form")
    followers = list(Follower.objects.filter(request=found))
    context = {
        "need": found,
        "events": full_story(found),
        "unit": unit_name(found),
        "clocks": list(found.clocks.all()),
        "photos": list(found.photos.all()),
        "acts": acts_with_forms(acts, found),
        "failed": more.get("failed"),
        "form": form,
        "reporter": next((one for one in followers if one.is_reporter), None),
        "followers": len(followers),
        "shown": shown,
        "why_form": WhyForm(),
        "release_form": ReleaseForm(initial={"words": found.public_text}),
        "may_release": found.is_held and bool(parties & MAY_CALL),
        "may_call": found.state in TO_CONFIRM and bool(parties & MAY_CALL),
        "may_see_contact": bool(parties),
        "alike": _others_like(found, acts),
        "projects": linked_with(found),
        "links_url": links_page(found),
        "now": now,
    }
    status = 422 if form is not None else 200
    return render(request, "services/staff/needs/need.html", context, status=status)


def _others_like(found: ServiceRequest, acts: list[Act]) -> list[ServiceRequest]:
    """Which it could be joined with; asked only where it can be."""
    if Act.MERGE not in acts:
        return []
    others = alike(
        centre=found.centre,
        category=found.category,
        text=found.public_text,
        now=timezone.now(),
    )
    return [other for other in others if other.pk != found.pk]
