"""Making, changing, copying and cancelling one session."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from volunteers.activities.actions import Times, add_session, copy_weekly
from volunteers.activities.doors import runs_activity, runs_session
from volunteers.activities.models import Activity, Session
from volunteers.making.forms import CancelForm, CopyForm, SessionForm
from volunteers.signups.changing import cancel_session, change_session


@runs_activity
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """One more session."""
    form = SessionForm(request.POST or None)

    def save(times: Times) -> None:
        add_session(activity_id=activity.pk, times=times, by=request.user, now=timezone.now())
        messages.success(request, _("The session is added."))

    return _save(request, activity, form, save)


@runs_session
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, session: Session) -> HttpResponse:
    """Another time, place, or number of places."""
    form = SessionForm(request.POST or None, initial=SessionForm.initial_of(session))

    def save(times: Times) -> None:
        change_session(session_id=session.pk, times=times, by=request.user, now=timezone.now())
        messages.success(request, _("Saved. Whoever signed up is told of another time or place."))

    return _save(request, session.activity, form, save)


@runs_session
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SignedInRequest, session: Session) -> HttpResponse:
    """The same session in each of the next weeks."""
    form = CopyForm(request.POST or None)
    if form.is_valid():
        try:
            made = copy_weekly(
                session=session,
                weeks=form.cleaned_data["weeks"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(number)s session added.", "%(number)s sessions added.", made)
            messages.success(request, words % {"number": made})
            return redirect("volunteers:activity", session.activity.code)
    return _ask(request, "volunteers/making/copy.html", session, form)


@runs_session
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedInRequest, session: Session) -> HttpResponse:
    """The session does not take place: everybody is told why."""
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            cancel_session(
                session_id=session.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Cancelled. Everybody who signed up is told."))
            return redirect("volunteers:activity", session.activity.code)
    return _ask(request, "volunteers/making/cancel.html", session, form, act_class="btn-danger")


def _save(
    request: SignedInRequest,
    activity: Activity,
    form: SessionForm,
    save: Callable[[Times], None],
) -> HttpResponse:
    if form.is_valid():
        try:
            save(form.times())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            answer: HttpResponse = redirect("volunteers:activity", activity.code)
            return answer
    context = {"form": form, "activity": activity}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/making/session.html", context, status=status)


def _ask(
    request: SignedInRequest,
    template: str,
    session: Session,
    form: CopyForm | CancelForm,
    act_class: str = "btn-primary",
) -> HttpResponse:
    context = {
        "session": session,
        "activity": session.activity,
        "form": form,
        "act_class": act_class,
        "back_url": reverse("volunteers:session-list", args=[session.pk]),
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
