"""The rotating code on the organiser's phone or the hall's tablet, and the page it leads to."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common import htmx
from lishui_center.common.errors import RuleError
from volunteers.activities.access import get_public_session
from volunteers.activities.doors import runs_session
from volunteers.activities.models import Session
from volunteers.presence import rules
from volunteers.presence.access import current_code
from volunteers.presence.actions import check_in, check_out
from volunteers.presence.errors import TooManyTriesError
from volunteers.presence.forms import CodeForm
from volunteers.signups.access import came_count, own_signup
from volunteers.signups.models import Signup

KIOSK = "kiosk_of_session"


@runs_session
@require_safe
def code(request: HttpRequest, session: Session) -> HttpResponse:
    """The code of this half minute, as QR and digits, on the organiser's phone."""
    return htmx.render(
        request, "volunteers/presence/code.html", part="code", context=_shown(session)
    )


@never_cache
def kiosk(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same, large, on a tablet in the hall, where nobody is signed in.

    The tablet is let in by its own session, so there is no link that could be passed on.
    """
    if request.session.get(KIOSK) != pk:
        return _lock(request, pk)
    context = _shown(get_public_session(pk))
    return htmx.render(request, "volunteers/presence/kiosk.html", part="code", context=context)


@runs_session
@require_http_methods(["GET", "HEAD", "POST"])
def _lock(request: HttpRequest, session: Session) -> HttpResponse:
    """Sign out, and leave nothing on the tablet but the right to show this session's code."""
    if request.method == "POST":
        logout(request)
        request.session[KIOSK] = session.pk
        return redirect("volunteers:session-kiosk", session.pk)
    context = {
        "session": session,
        "activity": session.activity,
        "back_url": reverse("volunteers:session-list", args=[session.pk]),
    }
    return render(request, "volunteers/presence/lock.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: SignedInRequest, pk: int) -> HttpResponse:
    """I am here, or I am going: with the code that is shown there now."""
    session = get_public_session(pk)
    signup = own_signup(request.user, session)
    scanned = request.GET.get("c", "")
    form = CodeForm(request.POST or None, initial={"code": scanned})
    if form.is_valid():
        try:
            _attend(request, session, signup, form.cleaned_data["code"])
        except RuleError as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("volunteers:attend", session.pk)
    context = {
        "session": session,
        "activity": session.activity,
        "signup": signup,
        "form": form,
        "scanned": scanned if not form.is_bound else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/presence/attend.html", context, status=status)


def attend_url(session: Session, digits: str) -> str:
    """What the QR code says: the page that takes these digits."""
    return f"{settings.SITE_URL}{reverse('volunteers:attend', args=[session.pk])}?c={digits}"


def _attend(request: SignedInRequest, session: Session, signup: Signup | None, digits: str) -> None:
    """Check in whoever has not come yet; whoever came checks out.

    The form says which of the two its button meant, so that a second tap is not taken for leaving.
    """
    if not ratelimit.consume(request, action="attend_code", user=request.user):
        raise TooManyTriesError
    now = timezone.now()
    if request.POST.get("act") == "out" and signup and signup.checked_in_at:
        check_out(session=session, user=request.user, code=digits, now=now)
        messages.success(request, _("You are checked out. Thank you."))
    else:
        check_in(session=session, user=request.user, code=digits, now=now)
        messages.success(request, _("You are checked in. Please check out when you go."))


def _shown(session: Session) -> dict[str, object]:
    now = timezone.now()
    digits = current_code(session, now)
    return {
        "session": session,
        "activity": session.activity,
        "digits": digits,
        "url": attend_url(session, digits),
        "seconds": rules.seconds_left(now),
        "came": came_count(session),
        "is_time": session.is_planned
        and rules.takes_check_out(session.starts_at, session.ends_at, now),
    }
