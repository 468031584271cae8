"""Meetings for the town's administrator; auditors read along."""

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
from thinktank.meetings import actions
from thinktank.meetings.access import get_decision, get_meeting, get_meeting_to_keep, meetings_of
from thinktank.meetings.forms import DecisionForm, MeetingForm, SettleForm
from thinktank.meetings.models import Decision, DecisionState, Meeting

TOWN = frozenset({Role.TOWN_ADMIN})
PAGE_SIZE = 30


@staff_required(roles=TRAIL_READERS)
@require_safe
def meetings(request: SignedInRequest) -> HttpResponse:
    """All meetings, the latest first."""
    day = today(timezone.now())
    page = Paginator(meetings_of(request.user, day), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "is_admin": request.user.is_town_admin(day)}
    return render(request, "thinktank/staff/meetings.html", context)


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_meeting(request: SignedInRequest) -> HttpResponse:
    """Announce a meeting."""
    return _keep(request, Meeting())


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a meeting, or add its minutes."""
    return _keep(request, get_meeting_to_keep(request.user, pk, today(timezone.now())))


@staff_required(roles=TRAIL_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """One meeting with its decisions; the administrator adds one more."""
    day = today(timezone.now())
    is_post = request.method == "POST"
    found = (get_meeting_to_keep if is_post else get_meeting)(request.user, pk, day)
    form = DecisionForm(request.POST or None, instance=Decision(meeting=found))
    if form.is_valid():
        actions.add_decision(decision=form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("thinktank-staff:meeting", pk)
    context = {
        "meeting": found,
        "form": form,
        "settle_form": SettleForm(auto_id=False),
        "is_admin": request.user.is_town_admin(day),
        "today": day,
    }
    status = 422 if form.is_bound else 200
    return render(request, "thinktank/staff/meeting.html", context, status=status)


@staff_required(roles=TOWN)
@require_POST
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note what became of a decision."""
    now = timezone.now()
    decision = get_decision(request.user, pk, today(now))
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            actions.settle_decision(
                decision_id=pk,
                state=DecisionState(form.cleaned_data["state"]),
                note=form.cleaned_data["note"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
    return redirect("thinktank-staff:meeting", decision.meeting_id)


def _keep(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    form = MeetingForm(request.POST or None, instance=meeting)
    if form.is_valid():
        kept = actions.save_meeting(
            meeting=form.instance,
            participants=form.cleaned_data["participants"],
            by=request.user,
        )
        messages.success(request, _("Saved."))
        return redirect("thinktank-staff:meeting", kept.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "meeting": meeting}
    return render(request, "thinktank/staff/meeting_form.html", context, status=status)
