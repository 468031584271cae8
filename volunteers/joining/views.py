"""Asking to join, taking it back, leaving; the leaders' answer; and the end by the staff."""

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
from volunteers.joining.access import can_be_left, get_own_request, get_request_to
from volunteers.joining.actions import (
    answer_request,
    ask_to_join,
    remove_member,
    withdraw_request,
)
from volunteers.joining.forms import AnswerForm, JoinForm, RemoveForm
from volunteers.joining.models import JoinRequest
from volunteers.teams.access import (
    get_member,
    get_own_membership,
    get_team,
    get_team_to_decide,
    get_team_to_staff,
)
from volunteers.teams.actions import leave_team


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask a team with a word; maybe in exchange for another one."""
    team = get_team(code)
    form = JoinForm(request.POST or None, memberships=can_be_left(request.user, team))
    if form.is_valid():
        try:
            ask_to_join(
                team=team,
                user=request.user,
                words=form.cleaned_data["words"],
                leaving=form.chosen(),
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The team has your request; you will be told the answer."))
            return redirect("volunteers:team", code)
    status = 422 if form.is_bound else 200
    context = {"team": team, "form": form}
    return render(request, "volunteers/joining/join.html", context, status=status)


@login_required
@require_POST
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take the request back."""
    asked = get_own_request(request.user, code)
    try:
        withdraw_request(request_id=asked.pk, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("volunteers:team", code)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, code: str) -> HttpResponse:
    """Leave a team, after a look at what that means."""
    member = get_own_membership(request.user, code)
    refusal = ""
    if request.method == "POST":
        try:
            leave_team(membership_id=member.pk, by=request.user, now=timezone.now())
        except RuleError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("You have left the team. Your hours stay yours."))
            return redirect("volunteers:team", code)
    context = {
        "member": member,
        "team": member.team,
        "refusal": refusal,
        "back_url": reverse("volunteers:team", args=[code]),
        "act_class": "btn-danger",
    }
    status = 409 if refusal else 200
    return render(request, "volunteers/joining/leave.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """A leader's or deputy's answer."""
    team = get_team_to_decide(request.user, code, today(timezone.now()))
    asked = get_request_to(team, pk)
    back_url = reverse("volunteers:team-people", args=[code])
    return _answer(request, asked, "volunteers/joining/answer.html", back_url)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_answer(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The answer of the centre's staff."""
    team = get_team_to_staff(request.user, code, today(timezone.now()))
    asked = get_request_to(team, pk)
    back_url = reverse("volunteer-staff:team", args=[code])
    return _answer(request, asked, "volunteers/staff/teams/answer.html", back_url)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The centre's staff end a membership, for a reason."""
    team = get_team_to_staff(request.user, code, today(timezone.now()))
    member = get_member(team, pk)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        try:
            remove_member(membership_id=member.pk, reason=reason, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The membership is ended. The person is told."))
            return redirect("volunteer-staff:team", code)
    context = {"member": member, "team": team, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/teams/remove.html", context, status=status)


def _answer(
    request: SignedInRequest, asked: JoinRequest, template: str, back_url: str
) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answer_request(
                request_id=asked.pk,
                accepted=request.POST.get("act") == "accept",
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is told."))
            return redirect(back_url)
    context = {"asked": asked, "team": asked.team, "form": form, "back_url": back_url}
    return render(request, template, context, status=422 if form.is_bound else 200)
