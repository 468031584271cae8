"""A leader enters an evening for several members at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from volunteers.entering.actions import Outcome, record_evening
from volunteers.entering.forms import EveningForm
from volunteers.hours.rules import ENTERED_WITHIN
from volunteers.teams.access import get_team_to_decide, members_since


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evening(request: SignedInRequest, code: str) -> HttpResponse:
    """Day, times, a note, and who was there; each gets a record that somebody else approves."""
    now = timezone.now()
    team = get_team_to_decide(request.user, code, today(now))
    members = members_since(team, today(now - ENTERED_WITHIN))
    form = EveningForm(request.POST or None, members=members, today=today(now))
    if form.is_valid():
        outcomes = record_evening(
            team=team,
            evening=form.evening(),
            people=form.ticked(),
            by=request.user,
            now=now,
        )
        _say(request, outcomes)
        return redirect("volunteers:team-hours", code)
    status = 422 if form.is_bound else 200
    context = {"team": team, "form": form}
    return render(request, "volunteers/entering/evening.html", context, status=status)


def _say(request: SignedInRequest, outcomes: list[Outcome]) -> None:
    recorded = sum(outcome.refusal is None for outcome in outcomes)
    if recorded:
        words = ngettext(
            "%(number)s record sent. Another leader or the centre's staff approve it.",
            "%(number)s records sent. Another leader or the centre's staff approve them.",
            recorded,
        )
        messages.success(request, words % {"number": recorded})
    for outcome in outcomes:
        if outcome.refusal:
            facts = {"name": outcome.person.display_name, "reason": outcome.refusal}
            messages.warning(request, _("%(name)s: %(reason)s") % facts)
