"""A leader's one screen: approve a whole evening, look at the exceptions first."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.paging import LongPaginator
from volunteers.hours.access import get_entry_of_team, hours_to_decide
from volunteers.hours.deciding import Decision, approve_all, decide_hours
from volunteers.hours.exceptions import shown
from volunteers.hours.keys import keys_sent
from volunteers.teams.access import get_team_to_decide

PAGE_SIZE = 60
"""A whole session on one screen."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_hours(request: SignedInRequest, code: str) -> HttpResponse:
    """What the team's people sent, or one session left; the ticked ones are approved together."""
    now = timezone.now()
    team = get_team_to_decide(request.user, code, today(now))
    if request.method == "POST":
        keys = keys_sent(request.POST.getlist("entry"), PAGE_SIZE)
        approved, refused = approve_all(team=team, entry_ids=keys, by=request.user, now=now)
        _say(request, approved, refused)
        return redirect(request.get_full_path())
    session = request.GET.get("session", "")
    found = hours_to_decide(team, session)
    page = LongPaginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = shown(list(page.object_list), viewer=request.user)
    context = {"team": team, "page": page, "rows": rows, "of_session": session}
    return render(request, "volunteers/hours/team.html", context)


@never_cache
@login_required
@require_POST
def ask_or_reject(request: SignedInRequest, code: str, pk: UUID) -> HttpResponse:
    """A question about one record, or why it cannot stand."""
    now = timezone.now()
    team = get_team_to_decide(request.user, code, today(now))
    entry = get_entry_of_team(team, pk)
    decision = Decision.REJECT if request.POST.get("act") == "reject" else Decision.ASK
    try:
        decide_hours(
            entry_id=entry.pk,
            decision=decision,
            by=request.user,
            now=now,
            reason=request.POST.get("reason", ""),
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The volunteer is told."))
    return redirect("volunteers:team-hours", code)


def _say(request: SignedInRequest, approved: int, refused: int) -> None:
    if approved:
        words = ngettext("%(number)s record approved.", "%(number)s records approved.", approved)
        messages.success(request, words % {"number": approved})
    if refused:
        words = ngettext(
            "%(number)s record was left: somebody else decides on it.",
            "%(number)s records were left: somebody else decides on them.",
            refused,
        )
        messages.warning(request, words % {"number": refused})
    if not approved and not refused:
        messages.info(request, _("Nothing was ticked."))
