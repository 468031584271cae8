"""Booking in three steps on one path; the address says how far a person got."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from services.bookings.actions import book_visit
from services.bookings.messages import manage_path
from services.bookings.models import Channel
from services.bookings.visitors import BookingRequest, Visitor
from services.catalogue.access import Visit, get_visit
from services.catalogue.errors import CentreUnknownError, ItemsMissingError
from services.reserving import held, pages
from services.reserving.asked import Asked, asked_by
from services.reserving.forms import DetailsForm
from services.reserving.pages import Step
from services.reserving.proof import is_proven
from services.reserving.rates import check_hold_rate
from services.slots.actions import Hold, hold_slot
from services.slots.errors import SlotOffGridError
from services.slots.grid import read_start


class HoldOverError(RuleError):
    """The third step was opened without a time kept for it."""

    code = "hold_over"
    message = gettext_lazy("This time is no longer kept for you. Please choose it again.")
    status = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """Choose the service, then the time, then say who comes."""
    now = timezone.now()
    asked = asked_by(request)
    try:
        visit = _visit(asked)
    except RuleError as refusal:
        is_beginning = isinstance(refusal, ItemsMissingError) and not asked.wants_time
        told = None if is_beginning else refusal
        return pages.choose_page(request, asked, visit=None, now=now, refusal=told)
    step = Step(request, asked, visit, now)
    if request.method == "POST":
        return _choose_time(step) if "start" in request.POST else _confirm(step)
    if asked.start:
        return _details(step, asked.start)
    if asked.wants_time:
        return pages.times_page(step)
    return pages.choose_page(request, asked, visit=visit, now=now)


def _visit(asked: Asked) -> Visit:
    if asked.is_centre_unknown:
        raise CentreUnknownError
    return get_visit(asked.centre.code, asked.items)


def _details(step: Step, start: datetime) -> HttpResponse:
    """The third step, if its time is kept for this visitor."""
    hold = held.held_by(step.request, step.asked.query)
    if hold is None or hold.start != start or hold.expires_at <= step.now:
        return pages.times_page(step, refusal=HoldOverError(), wanted=start)
    return pages.details_page(step, hold=hold, form=DetailsForm(user=_user(step.request)))


def _choose_time(step: Step) -> HttpResponse:
    """Keep the chosen time instead of the one kept before; what is typed already stays."""
    request = step.request
    before = held.held_by(request)
    start = read_start(request.POST["start"])
    typed = _typed(request)
    try:
        hold = _hold(step, start, replaces=before.token if before else "")
    except RuleError as refusal:
        if typed and before:
            return pages.details_page(step, hold=before, form=typed, refusal=refusal)
        return pages.times_page(step, refusal=refusal, wanted=start)
    held.keep(request, hold, step.asked.query)
    if typed:
        return pages.details_page(step, hold=hold, form=typed)
    return redirect(f"{reverse('bookings:book')}?{step.asked.query_at(hold.start)}")


def _hold(step: Step, start: datetime | None, *, replaces: str) -> Hold:
    if start is None:
        raise SlotOffGridError
    check_hold_rate(step.request)
    return hold_slot(visit=step.visit, start=start, now=step.now, replaces=replaces)


def _confirm(step: Step) -> HttpResponse:
    """Book, or say why not on the same page."""
    request = step.request
    hold = _hold_of_form(request, step.now)
    if hold is None:
        return pages.times_page(step, refusal=HoldOverError())
    form = DetailsForm(request.POST, user=_user(request), asks_code="code" in request.POST)
    if not form.is_valid():
        return pages.details_page(step, hold=hold, form=form)
    try:
        visitor = form.visitor()
        if not hold.token:
            check_hold_rate(request)
        if is_proven(request, form, visitor, step.now):
            return _booked(step, visitor, hold)
    except RuleError as refusal:
        return pages.details_page(step, hold=hold, form=form, refusal=refusal)
    return pages.details_page(step, hold=hold, form=form.asking_code())


def _booked(step: Step, visitor: Visitor, hold: Hold) -> HttpResponse:
    request = step.request
    booked = book_visit(
        request=BookingRequest(
            visit=step.visit,
            start=hold.start,
            visitor=visitor,
            channel=Channel.WEB,
            hold=hold.token,
            idempotency_key=held.sent_key(request),
        ),
        now=step.now,
    )
    held.forget(request)
    if booked.is_new:
        messages.success(request, _("Booked. The booking code was sent to your phone."))
    return redirect(manage_path(booked.booking))


def _hold_of_form(request: HttpRequest, now: datetime) -> Hold | None:
    """The session's hold, or the form's time without one: a second tap finds its hold used up."""
    start = read_start(request.POST.get("chosen", ""))
    hold = held.held_by(request)
    if hold is not None and hold.start == start:
        return hold
    return Hold("", start, now) if start else None


def _typed(request: HttpRequest) -> DetailsForm | None:
    """The third step's form with what was typed, when a time is chosen from there."""
    if "name" not in request.POST and "phone" not in request.POST:
        return None
    return DetailsForm(initial=request.POST.dict(), user=_user(request))


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
