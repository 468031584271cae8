"""A leader proposes deputies and successors; a deputy's term is ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.leadership.access import (
    candidates_of,
    get_proposal,
    get_team_led,
    may_decide_on,
)
from volunteers.leadership.actions import (
    decide_proposal,
    end_deputy,
    propose_role,
    withdraw_proposal,
)
from volunteers.leadership.forms import DecideForm, ProposeForm
from volunteers.teams.access import get_deputy, get_team_to_decide, get_team_to_staff
from volunteers.teams.models import MemberRole, Team


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, code: str) -> HttpResponse:
    """The leader proposes a deputy or a successor."""
    team = get_team_led(request.user, code)
    back_url = reverse("volunteers:team-people", args=[code])
    form = _propose_form(request, team, whole_names=True)
    return _propose(request, team, form, "volunteers/leadership/propose.html", back_url)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_propose(request: SignedInRequest, code: str) -> HttpResponse:
    """The centre's staff propose a leader or a deputy."""
    team = get_team_to_staff(request.user, code, today(timezone.now()))
    back_url = reverse("volunteer-staff:team", args=[code])
    form = _propose_form(request, team, whole_names=False)
    return _propose(request, team, form, "volunteers/staff/teams/propose.html", back_url)


@login_required
@require_POST
def withdraw(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The leader takes a proposal back."""
    team = get_team_led(request.user, code)
    _withdraw(request, team, pk)
    return redirect("volunteers:team-people", code)


@staff_required(roles=STAFF_ROLES)
@require_POST
def staff_withdraw(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Staff take their own proposal back."""
    team = get_team_to_staff(request.user, code, today(timezone.now()))
    _withdraw(request, team, pk)
    return redirect("volunteer-staff:team", code)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_term(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The leader, or the deputy, ends a deputy's term, after a look at it."""
    team = get_team_to_decide(request.user, code, today(timezone.now()))
    member = get_deputy(team, pk)
    back_url = reverse("volunteers:team-people", args=[code])
    refusal = ""
    if request.method == "POST":
        try:
            end_deputy(membership_id=member.pk, by=request.user, now=timezone.now())
        except RuleError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The term as deputy is over; the membership stays."))
            return redirect("volunteers:team", code)
    context = {"member": member, "team": team, "refusal": refusal, "back_url": back_url}
    status = 409 if refusal else 200
    return render(request, "volunteers/leadership/end.html", context, status=status)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_decide(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Decide on a proposal: on a deputy the staff, on a leader the manager."""
    now = timezone.now()
    team = get_team_to_staff(request.user, code, today(now))
    proposal = get_proposal(team, pk)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            decide_proposal(
                proposal_id=proposal.pk,
                accepted=request.POST.get("act") == "accept",
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. The people concerned are told."))
            return redirect("volunteer-staff:team", code)
    context = {
        "proposal": proposal,
        "team": team,
        "form": form,
        "may_decide": may_decide_on(request.user, proposal, today(now)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/teams/proposal.html", context, status=status)


def _propose_form(request: SignedInRequest, team: Team, *, whole_names: bool) -> ProposeForm:
    candidates = candidates_of(team, request.user)
    return ProposeForm(request.POST or None, candidates=candidates, whole_names=whole_names)


def _propose(
    request: SignedInRequest, team: Team, form: ProposeForm, template: str, back_url: str
) -> HttpResponse:
    if form.is_valid():
        try:
            propose_role(
                team=team,
                candidate=form.cleaned_data["candidate"].user,
                role=MemberRole(form.cleaned_data["role"]),
                words=form.cleaned_data["words"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. Somebody else at the centre decides on it."))
            return redirect(back_url)
    context = {"team": team, "form": form, "back_url": back_url}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _withdraw(request: SignedInRequest, team: Team, pk: int) -> None:
    proposal = get_proposal(team, pk)
    try:
        withdraw_proposal(proposal_id=proposal.pk, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The proposal is taken back."))
