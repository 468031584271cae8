"""The dispatch desk: the board, the list, one need with everything that can be done."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, roles_of, staff_required
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
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
from services.dispatching.ways import cards_of, legend
from services.intake.access import alike
from services.requests.access import (
    centres_to_report_at,
    get_need_for_staff,
    needs_seen_by,
    parties_of,
    parties_of_each,
)
from services.requests.followers import Follower
from services.requests.models import ServiceRequest
from services.requests.projects import linked_with, links_page
from services.requests.rules import TO_CONFIRM, Act, Party, acts_for
from services.routing.access import usual_of
from services.tracking.story import full_story, origin_name, unit_name

PAGE_SIZE = 50
MOST_AT_ONCE = 50
MAY_CALL = frozenset({Party.DESK, Party.MANAGER})


@staff_required()
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """What waits in each state, the longest waiting first; filters stay in the address."""
    now = timezone.now()
    form = FilterForm(request.GET, centres=centres_to_report_at())
    day = today(now)
    columns = board_of(needs_wanted(request.user, form.wanted(), today=day, now=now))
    shown = [need for column in columns for need in column.needs]
    parties = parties_of_each(request.user, shown, day)
    context = {
        "form": form,
        "columns": [(column, cards_of(column, parties)) for column in columns],
        "keys": legend(),
        "now": now,
        "shows": "board",
        "keeps_rules": _keeps_rules(request.user, day),
    }
    return render(request, "services/staff/needs/board.html", context)


@staff_required()
@require_safe
def needs(request: SignedInRequest) -> HttpResponse:
    """The same as a list, to tick several."""
    now = timezone.now()
    form = FilterForm(request.GET, centres=centres_to_report_at())
    found = needs_wanted(request.user, form.wanted(), today=today(now), now=now)
    page = LongPaginator(found.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "now": now,
        "bulk": BulkForm(),
        "shows": "list",
        "keeps_rules": _keeps_rules(request.user, today(now)),
    }
    return render(request, "services/staff/needs/list.html", context)


@staff_required(roles=STAFF_ROLES)
@require_POST
def bulk(request: SignedInRequest) -> HttpResponse:
    """The same act for all that are ticked; what was refused is said by its number."""
    form, now = BulkForm(request.POST), timezone.now()
    wanted = request.POST.getlist("references")
    if not form.is_valid() or not wanted:
        messages.error(request, _("Please tick some needs, and choose what to do."))
        return redirect("staff:needs")
    if len(wanted) > MOST_AT_ONCE:
        words = _("At most %(most)s needs at once, please. Nothing was done.")
        messages.error(request, words % {"most": MOST_AT_ONCE})
        return redirect("staff:needs")
    chosen = needs_seen_by(request.user, today(now)).filter(reference__in=wanted).for_page()
    result = take_steps(
        needs=chosen,
        act=Act(form.cleaned_data["act"]),
        actor=request.user,
        given=form.details(),
        now=now,
    )
    if result.done:
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
    """Take one step; the board's script asks for an answer in words, and gets no page."""
    found = _get(request, reference)
    chosen = Act(name)
    form = form_of(chosen, found, request.POST)
    if form.is_valid():
        try:
            moved = take_step(
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
            return _done(request, moved)
    if not request.accepts("text/html"):
        words = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    return _page(request, found, form=form, failed=chosen)


def _done(request: SignedInRequest, moved: ServiceRequest) -> HttpResponse:
    if request.accepts("text/html"):
        messages.success(request, _("Saved."))
        return redirect("staff:need", moved.reference)
    words = f"{moved.reference}: {moved.get_state_display()}"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


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


def _keeps_rules(user: User, day: date) -> bool:
    return bool(roles_of(user, day) & MANAGER_ROLES)


def _get(request: SignedInRequest, reference: str) -> ServiceRequest:
    return get_need_for_staff(request.user, reference, today(timezone.now()))


def _page(request: SignedInRequest, found: ServiceRequest, **more: Any) -> HttpResponse:
    now = timezone.now()
    parties = parties_of(request.user, found, today(now))
    acts = [act for act in acts_for(found.state, parties) if act in STEPS]
    usual = usual_of(found) if Act.DISPATCH in acts else None
    shown, form = more.get("shown"), more.get("form")
    others = _others_like(found, acts)
    followers = list(Follower.objects.filter(request=found))
    context = {
        "need": found,
        "events": full_story(found),
        "unit": unit_name(found),
        "origin": origin_name(found),
        "clocks": list(found.clocks.all()),
        "photos": list(found.photos.all()),
        "acts": acts_with_forms(acts, found, usual=usual, twin=_twin(others)),
        "usual": usual,
        "may_keep_rules": request.user.manages(found.responsible_id, today(now)),
        "failed": more.get("failed"),
        "opened": request.GET.get("do", ""),
        "form": form,
        "reporter": next((one for one in followers if one.is_reporter), None),
        "followers": len(followers),
        "shown": shown,
        "why_form": WhyForm(),
        "release_form": ReleaseForm(initial={"words": found.public_text}),
        "may_release": found.is_held and bool(parties & MAY_CALL),
        "may_call": found.state in TO_CONFIRM and bool(parties & MAY_CALL),
        "may_see_contact": bool(parties),
        "alike": others,
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


def _twin(others: list[ServiceRequest]) -> str:
    """The number of the only one that it looks like; of several, a person chooses."""
    return others[0].reference if len(others) == 1 else ""
