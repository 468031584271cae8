"""A team's state, for the staff of its centre."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.states.access import may_set
from volunteers.states.actions import change_state
from volunteers.states.forms import StateForm
from volunteers.teams.access import get_team_to_staff
from volunteers.teams.models import TeamState


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: SignedInRequest, code: str) -> HttpResponse:
    """Let a team rest, wake it, or disband it."""
    now = timezone.now()
    team = get_team_to_staff(request.user, code, today(now))
    may_disband = may_set(request.user, team, TeamState.DISBANDED, today(now))
    form = StateForm(request.POST or None, team=team, may_disband=may_disband)
    if form.is_valid():
        try:
            change_state(
                team=team,
                state=TeamState(form.cleaned_data["state"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The team's state is changed; its people are told."))
            return redirect("volunteer-staff:team", code)
    context = {"team": team, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/teams/state.html", context, status=status)
