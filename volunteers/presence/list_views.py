"""The organiser's list of a session: who comes, who came, printed or ticked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, centre_ids_staffed_by, works_town_wide
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.activities.access import leads
from volunteers.activities.doors import runs_session
from volunteers.activities.models import ActivityKind, Session
from volunteers.presence import rules
from volunteers.presence.access import lines_of
from volunteers.presence.actions import settle_list
from volunteers.signups.access import LONGEST_NUMBER, list_of, offered

PAGE_SIZE = 100
"""A whole hall on one screen, and on paper."""


@runs_session
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedInRequest, session: Session) -> HttpResponse:
    """Who is expected and who came; ticks say who was there, or that the others were not."""
    now = timezone.now()
    if request.method == "POST":
        return _settle(request, session)
    page = Paginator(list_of(session), PAGE_SIZE).get_page(request.GET.get("page"))
    (row,) = offered([session])
    day = today(now)
    is_service = session.activity.kind == ActivityKind.SERVICE
    context = {
        "session": session,
        "activity": session.activity,
        "row": row,
        "page": page,
        "lines": lines_of(session, list(page.object_list)),
        "may_tick": session.is_planned
        and rules.takes_ticks(session.starts_at, session.ends_at, now),
        "may_change": session.is_planned and session.starts_at > now,
        "approves": is_service and leads(request.user, session.activity, day),
        "is_staff": works_town_wide(request.user, day)
        or bool(centre_ids_staffed_by(request.user, day)),
    }
    return render(request, "volunteers/presence/list.html", context)


def _settle(request: SignedInRequest, session: Session) -> HttpResponse:
    """The ticked ones came; with the second button they did not."""
    ticked = _numbers(request, "signup")
    did_come = request.POST.get("act") != "missed"
    try:
        settled = settle_list(
            session=session,
            came=ticked if did_come else (),
            missed=() if did_come else ticked,
            by=request.user,
            now=timezone.now(),
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, settled)
    return redirect("volunteers:session-list", session.pk)


def _say(request: HttpRequest, settled: int) -> None:
    if settled:
        words = ngettext("%(number)s person noted.", "%(number)s people noted.", settled)
        messages.success(request, words % {"number": settled})
    else:
        messages.info(request, _("Nothing new was ticked."))


def _numbers(request: HttpRequest, name: str) -> set[int]:
    """The numbers among what was sent; nonsense is left out."""
    sent = request.POST.getlist(name)[:PAGE_SIZE]
    return {int(text) for text in sent if text.isdecimal() and len(text) <= LONGEST_NUMBER}
