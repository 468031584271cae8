"""Somebody came to a session without having signed up: the organiser puts them on the list."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from lishui_center.notifications.rendering import language_of
from volunteers.activities.doors import runs_session
from volunteers.activities.models import Session
from volunteers.presence.access import members_to_add, walk_in_of
from volunteers.presence.actions import add_walk_in
from volunteers.presence.errors import TooManyNumbersError
from volunteers.presence.forms import WalkInForm
from volunteers.signups.access import offered
from volunteers.signups.actions import Person, account


@runs_session
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: SignedInRequest, session: Session) -> HttpResponse:
    """By name from the team, else by phone; ticked as present at once."""
    form = WalkInForm(
        request.POST or None,
        members=members_to_add(session, request.user),
        takes_guests=session.activity.takes_guests,
    )
    if form.is_valid():
        try:
            person, now = _person(request, session, form), timezone.now()
            signup = add_walk_in(session_id=session.pk, person=person, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is on the list.") % {"name": signup.label})
            return redirect("volunteers:session-list", session.pk)
    (row,) = offered([session])
    context = {
        "session": session,
        "activity": session.activity,
        "row": row,
        "form": form,
        "back_url": reverse("volunteers:session-list", args=[session.pk]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/presence/walk_in.html", context, status=status)


def _person(request: SignedInRequest, session: Session, form: WalkInForm) -> Person:
    """The member, or whoever has the phone; nobody gets to try out many numbers.

    Raises:
        TooManyNumbersError, NoAccountError
    """
    if member := form.chosen():
        return account(member)
    if not ratelimit.consume(request, action="attend_code", user=request.user):
        raise TooManyNumbersError
    return walk_in_of(
        session,
        phone=form.cleaned_data["phone"],
        name=form.cleaned_data.get("name", ""),
        language=language_of(get_language() or ""),
    )
