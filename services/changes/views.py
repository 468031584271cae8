"""Moving and cancelling a visit, by its link and without signing in."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.models import User
from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.dates import short_moment
from lishui_center.common.errors import RuleError
from services.bookings.access import get_booking_by_link
from services.bookings.errors import DailyLimitError, SameTimeError
from services.bookings.limits import cancelling_near_limit
from services.bookings.messages import manage_path
from services.bookings.models import Booking
from services.bookings.slip import slip_of
from services.changes.actions import cancel_booking, move_booking
from services.changes.forms import ChangeForm
from services.hours.access import sign_of
from services.reserving.rates import check_hold_rate
from services.slots.access import terms_of
from services.slots.errors import SlotOffGridError
from services.slots.grid import TIME_REFUSALS, alternatives, make_grid, read_day, read_start
from services.slots.models import Claim, DaySlots
from services.slots.rules import last_released

# With these the person stays in the grid and chooses another time; all others end the attempt.
STAYING = (*TIME_REFUSALS, SameTimeError, DailyLimitError)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose another time: one tap on it moves the visit."""
    booking = get_booking_by_link(reference, request.GET.get("t", ""))
    now = timezone.now()
    if request.method != "POST":
        return _grid_page(request, booking, now)
    form = ChangeForm(request.POST)
    start = read_start(request.POST.get("start", ""))
    if start is None or not form.is_valid():
        return _grid_page(request, booking, now, refusal=SlotOffGridError())
    try:
        check_hold_rate(request)  # Every move sends a message.
        moved = move_booking(
            booking_id=booking.pk,
            start=start,
            now=now,
            version=form.cleaned_data["version"],
            actor=_actor(request),
        )
    except STAYING as refusal:
        return _grid_page(request, booking, now, refusal=refusal, wanted=start)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        when = short_moment(moved.starts_at)
        messages.success(request, _("Moved to %(when)s. The booking code stays.") % {"when": when})
    return redirect(manage_path(booking))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then cancel."""
    booking = get_booking_by_link(reference, request.GET.get("t", ""))
    now = timezone.now()
    form = ChangeForm(request.POST or None, initial={"version": booking.version})
    if form.is_valid():
        try:
            cancel_booking(
                booking_id=booking.pk,
                now=now,
                version=form.cleaned_data["version"],
                actor=_actor(request),
            )
        except RuleError as refusal:
            messages.error(request, str(refusal))
        return redirect(manage_path(booking))
    slip = slip_of(booking, now=now)
    if not slip.can_change:
        return redirect(manage_path(booking))
    context = {
        "booking": booking,
        "slip": slip,
        "counted": cancelling_near_limit(booking, now),
        "form": form,
        "back_url": manage_path(booking),
        "act_class": "btn-danger",
    }
    return render(request, "services/changes/cancel.html", context)


def _grid_page(
    request: HttpRequest,
    booking: Booking,
    now: datetime,
    *,
    refusal: RuleError | None = None,
    wanted: datetime | None = None,
) -> HttpResponse:
    slip = slip_of(booking, now=now)
    if not slip.can_change:
        return redirect(manage_path(booking))
    days = _days(booking, now)
    shown = read_day(request.GET.get("day", "")) or (wanted.date() if wanted else None)
    context = {
        "booking": booking,
        "slip": slip,
        "sign": sign_of(booking.centre, now=now),
        "back_url": manage_path(booking),
        "grid": make_grid(
            days,
            shown or booking.date,
            query=urlencode({"t": booking.token}),
            chosen=booking.starts_at,
            now=now,
        ),
        "refusal": refusal,
        "alternatives": alternatives(days, refusal, wanted),
    }
    status = refusal.status if refusal else None
    template = "services/changes/move.html"
    return htmx.render(request, template, part="times", context=context, status=status)


def _days(booking: Booking, now: datetime) -> Sequence[DaySlots]:
    """What is free for a visit of the same length at the same windows."""
    terms = terms_of(booking.centre.policy)
    return list(
        Claim.objects.days(
            pool_id=booking.pool_id,
            first=today(now),
            last=last_released(terms, now),
            cells=booking.cells,
            terms=terms,
            now=now,
        )
    )


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
