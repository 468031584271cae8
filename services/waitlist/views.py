"""Joining the waiting list, and one's place in it, by link without signing in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.bookings.messages import manage_path
from services.reserving.proof import is_proven
from services.reserving.rates import check_hold_rate
from services.waitlist.access import entries_of, get_entry_by_link, people_ahead
from services.waitlist.actions import Wish, accept_offer, join_waitlist, leave_waitlist
from services.waitlist.asked import Asked, asked_by
from services.waitlist.errors import PlacesFreeError
from services.waitlist.forms import JoinForm
from services.waitlist.messages import entry_path
from services.waitlist.models import WaitlistEntry


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask to be told when a place comes free on a full day."""
    user, now = _actor(request), timezone.now()
    if settings.PHONE_VERIFICATION and user is None:
        return redirect_to_login(request.get_full_path())
    try:
        asked = asked_by(request, now=now)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('bookings:book')}?{request.GET.urlencode()}")
    form = _form(request, asked, user)
    free_at = None
    if form.is_valid():
        try:
            if is_proven(request, form, form.visitor(), now):
                return _joined(request, asked, form)
            form = form.asking_code()
        except RuleError as refusal:
            form.add_error(None, str(refusal))
            free_at = refusal.details["start"] if isinstance(refusal, PlacesFreeError) else None
    context = {"asked": asked, "visit": asked.visit, "form": form, "free_at": free_at}
    status = 422 if form.errors else 200
    return render(request, "services/waitlist/join.html", context, status=status)


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the person stands, and the offer when there is one."""
    entry = get_entry_by_link(reference, request.GET.get("t", ""))
    context = {
        "entry": entry,
        "items": entry.items.all(),
        "stage": entry.stage(timezone.now()),
        "ahead": people_ahead(entry),
        "book_again": entry.book_query,
        "booking_path": manage_path(entry.booking) if entry.booking else "",
    }
    return render(request, "services/waitlist/show.html", context)


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the offered place."""
    entry = get_entry_by_link(reference, request.GET.get("t", ""))
    try:
        booking = accept_offer(entry_id=entry.pk, now=timezone.now(), actor=_actor(request))
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(entry_path(entry))
    messages.success(request, _("Booked. The booking code was sent to your phone."))
    return redirect(manage_path(booking))


@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop waiting, or decline the offer."""
    entry = get_entry_by_link(reference, request.GET.get("t", ""))
    try:
        leave_waitlist(entry_id=entry.pk, actor=_actor(request))
    except RuleError as refusal:
        messages.error(request, str(refusal))
    return redirect(entry_path(entry))


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """All waiting lists the person is on, also those joined without signing in."""
    entries = entries_of(request.user, today(timezone.now()))
    context = {"rows": [(entry, entry_path(entry)) for entry in entries]}
    return render(request, "services/waitlist/mine.html", context)


def _form(request: HttpRequest, asked: Asked, user: User | None) -> JoinForm:
    return JoinForm(
        request.POST or None,
        user=user,
        asks_code="code" in request.POST,
        cells=asked.cells,
        initial=asked.initial,
    )


def _joined(request: HttpRequest, asked: Asked, form: JoinForm) -> HttpResponse:
    check_hold_rate(request)  # An offer keeps a place too.
    wish = Wish(
        visit=asked.visit,
        date=asked.day,
        earliest_cell=form.cleaned_data["earliest"],
        latest_cell=form.cleaned_data["latest"],
        visitor=form.visitor(),
    )
    entry: WaitlistEntry = join_waitlist(wish=wish, now=timezone.now())
    messages.success(request, _("You are on the waiting list."))
    return redirect(entry_path(entry))


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
