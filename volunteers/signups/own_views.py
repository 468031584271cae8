"""Signing up, and one's own sign-ups: by account, or by the link that a guest was sent."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from services.reserving.proof import proves_phone
from services.reserving.rates import check_hold_rate
from volunteers.activities.access import get_public_session
from volunteers.activities.models import Session
from volunteers.signups.access import (
    collisions_of,
    get_signup_by_link,
    offered,
    people_ahead,
    signups_of,
)
from volunteers.signups.actions import Person, accept_offer, account, cancel_signup, sign_up
from volunteers.signups.forms import GuestForm
from volunteers.signups.messages import signup_path
from volunteers.signups.models import Signup, SignupState
from volunteers.training.access import minutes_learned, training_of

PAGE_SIZE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up for a session: one press for an account; a guest at an event says who comes."""
    session, user, now = get_public_session(pk), _actor(request), timezone.now()
    if user is None and not session.activity.takes_guests:
        return redirect_to_login(request.get_full_path())
    form = None
    if user is None:
        form = GuestForm(request.POST or None, asks_code="code" in request.POST)
    try:
        if request.method == "POST" and (joined := _join(request, session, form, now)):
            return joined
        if form is not None and form.is_bound and not form.errors:
            form = form.asking_code()
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("activities:activity", session.activity.code)
    (row,) = offered([session], user)
    context = {
        "row": row,
        "session": session,
        "activity": session.activity,
        "form": form,
        "is_open": session.takes_signups(now),
        "collisions": collisions_of(user, session) if user else [],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "volunteers/activities/join.html", context, status=status)


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the sign-up stands, for whoever has its link."""
    signup, now = _by_link(request, reference), timezone.now()
    is_waiting = signup.state == SignupState.WAITING
    context = {
        "signup": signup,
        "session": signup.session,
        "activity": signup.session.activity,
        "stage": signup.stage(now),
        "ahead": people_ahead(signup) if is_waiting else 0,
        "may_cancel": signup.may_be_cancelled(now),
    }
    return render(request, "volunteers/activities/signup.html", context)


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the offered place."""
    signup = _by_link(request, reference)
    try:
        accept_offer(signup_id=signup.pk, now=timezone.now(), actor=_actor(request))
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The place is yours."))
    return redirect(signup_path(signup))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the place back, decline the offer, or stop waiting."""
    signup = _by_link(request, reference)
    if request.method == "POST":
        try:
            cancel_signup(signup_id=signup.pk, now=timezone.now(), actor=_actor(request))
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Cancelled. Thank you for telling us."))
        return redirect(signup_path(signup))
    context = {
        "signup": signup,
        "session": signup.session,
        "activity": signup.session.activity,
        "back_url": signup_path(signup),
        "act_class": "btn-danger",
    }
    return render(request, "volunteers/activities/cancel_signup.html", context)


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What the person signed up for, and what they learned."""
    now = timezone.now()
    found = signups_of(request.user)
    shows_past = request.GET.get("show") == "past"
    chosen = found.over(now) if shows_past else found.ahead(now)
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(signup, signup_path(signup)) for signup in page],
        "shows_past": shows_past,
        "learned": minutes_learned(request.user),
        "training": Paginator(training_of(request.user), PAGE_SIZE).get_page(1),
    }
    return render(request, "volunteers/activities/mine.html", context)


def _join(
    request: HttpRequest, session: Session, form: GuestForm | None, now: datetime
) -> HttpResponse | None:
    """Where to go once signed up; None while the form wants something more."""
    user = _actor(request)
    if user:
        return _joined(request, session, account(user), now)
    if form is None or not form.is_valid():
        return None
    given = form.cleaned_data
    if not proves_phone(request, form, given["phone"], now):
        return None
    check_hold_rate(request)
    return _joined(
        request, session, Person(None, given["language"], given["name"], given["phone"]), now
    )


def _joined(request: HttpRequest, session: Session, person: Person, now: datetime) -> HttpResponse:
    signup: Signup = sign_up(session_id=session.pk, person=person, now=now)
    if signup.state == SignupState.WAITING:
        messages.success(request, _("You are on the waiting list."))
    else:
        messages.success(request, _("You are signed up."))
    return redirect(signup_path(signup))


def _by_link(request: HttpRequest, reference: str) -> Signup:
    return get_signup_by_link(reference, request.GET.get("t", ""))


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
