"""Activities as everybody sees them: the list, one activity, and a session's calendar file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.accounts.models import User
from volunteers.activities.access import (
    activities_ahead,
    get_public_activity,
    get_public_session,
    public_sessions,
)
from volunteers.signups.access import offered
from volunteers.signups.calendar import calendar_of
from volunteers.signups.forms import SearchForm

PAGE_SIZE = 20
SESSIONS_SHOWN = 20


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is coming up, the soonest first."""
    form = SearchForm(request.GET)
    found = activities_ahead(form.wanted(), timezone.now())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "volunteers/activities/list.html", context)


@never_cache
@require_safe
def activity(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, and its sessions with the places that are left."""
    now = timezone.now()
    shown = get_public_activity(code)
    sessions = public_sessions(shown, now)
    page = Paginator(sessions, SESSIONS_SHOWN).get_page(request.GET.get("page"))
    user = request.user if isinstance(request.user, User) else None
    rows = [(row, row.session.takes_signups(now)) for row in offered(list(page.object_list), user)]
    context = {"activity": shown, "page": page, "rows": rows}
    return render(request, "volunteers/activities/activity.html", context)


@require_safe
def calendar(_request: HttpRequest, pk: int) -> HttpResponse:
    """The session as a file for one's calendar."""
    session = get_public_session(pk)
    return HttpResponse(
        calendar_of(session, now=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="session-{session.pk}.ics"'},
    )
