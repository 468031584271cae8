"""Members and their terms, for the town's administrator."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import TRAIL_READERS, Role
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from thinktank.experts import actions
from thinktank.experts.access import (
    engagements_for_office,
    get_engagement,
    get_for_office,
    profiles_for_office,
)
from thinktank.experts.forms import ProfileForm, ReasonForm, TermForm
from thinktank.experts.models import EngagementState, ExpertProfile

TOWN = frozenset({Role.TOWN_ADMIN})
PAGE_SIZE = 50


@staff_required(roles=TRAIL_READERS)
@require_safe
def engagements(request: SignedInRequest) -> HttpResponse:
    """All terms, the latest first, and everybody who has or had one."""
    day = today(timezone.now())
    found = engagements_for_office(request.user, day)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_admin": request.user.is_town_admin(day),
        "today": day,
    }
    return render(request, "thinktank/staff/engagements.html", context)


@staff_required(roles=TOWN)
@require_safe
def experts(request: SignedInRequest) -> HttpResponse:
    """Everybody who is, was or will be a member."""
    found = profiles_for_office(today(timezone.now()))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "thinktank/staff/experts.html", {"page": page})


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_expert(request: SignedInRequest) -> HttpResponse:
    """A new profile; its letter comes next."""
    return _profile(request, ExpertProfile())


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_expert(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what the public reads about a member."""
    return _profile(request, get_for_office(code, today(timezone.now())))


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def expert(request: SignedInRequest, code: str) -> HttpResponse:
    """One member's letters, and a form for the next."""
    day = today(timezone.now())
    profile = get_for_office(code, day)
    form = TermForm(request.POST or None)
    if form.is_valid():
        try:
            drafted = actions.draft_engagement(
                expert_id=profile.pk, term=form.term(), by=request.user
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The letter is prepared. Please read it, then issue it."))
            return redirect("thinktank-staff:engagement", drafted.pk)
    context = {
        "expert": profile,
        "engagements": profile.engagements.for_list(),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "thinktank/staff/expert.html", context, status=status)


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def engagement(request: SignedInRequest, pk: int) -> HttpResponse:
    """One letter: to issue or discard while it is a draft, to end early while it is in force."""
    now = timezone.now()
    found = get_engagement(request.user, pk, today(now))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.terminate(
                engagement_id=pk, reason=form.cleaned_data["reason"], by=request.user, now=now
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The engagement is ended."))
            return redirect("thinktank-staff:engagement", pk)
    context = {
        "engagement": found,
        "form": form,
        "is_draft": found.state == EngagementState.DRAFT,
        "is_active": found.state == EngagementState.ACTIVE,
    }
    status = 422 if form.is_bound else 200
    return render(request, "thinktank/staff/engagement.html", context, status=status)


@staff_required(roles=TOWN)
@require_POST
def issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """Issue the letter; the member holds the role for its days."""
    now = timezone.now()
    found = get_engagement(request.user, pk, today(now))
    done = _tried(
        request, lambda: actions.issue_letter(engagement_id=found.pk, by=request.user, now=now)
    )
    if done:
        messages.success(request, _("The letter is issued."))
    return redirect("thinktank-staff:engagement", pk)


@staff_required(roles=TOWN)
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = get_engagement(request.user, pk, today(timezone.now()))
    if _tried(request, lambda: actions.discard_draft(engagement_id=pk, by=request.user)):
        messages.success(request, _("The draft is gone."))
        return redirect("thinktank-staff:expert", found.expert.code)
    return redirect("thinktank-staff:engagement", pk)


def _profile(request: SignedInRequest, profile: ExpertProfile) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=profile)
    if form.is_valid():
        try:
            actions.save_profile(profile=form.instance, by=request.user)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("thinktank-staff:expert", form.instance.code)
    status = 422 if form.is_bound else 200
    context = {"form": form, "expert": profile}
    return render(request, "thinktank/staff/profile.html", context, status=status)


def _tried(request: SignedInRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return False
    return True
