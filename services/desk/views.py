"""The day's bookings for the desk, and one booking with what staff may do to it."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.audit.actions import unmask
from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.attendance.actions import mark_no_show
from services.bookings.access import get_booking_for_staff
from services.bookings.messages import manage_url
from services.bookings.models import Booking, CancelledBy
from services.centres.access import centres_staffed_by
from services.changes.actions import cancel_booking
from services.desk.access import check_not_own, day_list, documents_of
from services.desk.forms import DayForm, ReasonForm
from services.tickets.actions import check_in_visit, take_back_arrival
from services.tickets.models import Source

ATTENDANCE: dict[str, Callable[..., object]] = {
    "arrived": partial(check_in_visit, source=Source.DESK),
    "missed": mark_no_show,
    "undo": take_back_arrival,
}
PAGE_SIZE = 50
PRINTED = 500


@staff_required(roles=STAFF_ROLES)
@require_safe
def bookings(request: SignedInRequest) -> HttpResponse:
    """One centre's day by time; `print=1` shows the whole day on one sheet."""
    day = today(timezone.now())
    query = {"day": day.isoformat(), **request.GET.dict()}
    form = DayForm(query, centres=centres_staffed_by(request.user, day))
    wanted = form.wanted(day)
    found = day_list(request.user, wanted, day)
    printing = "print" in request.GET
    page = Paginator(found, PRINTED if printing else PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "today": day,
        "shown_day": wanted.day,
        "printing": printing,
        "refusal": "",
        "is_swapped": False,
    }
    return htmx.render(request, "services/staff/desk/list.html", part="list", context=context)


@staff_required(roles=STAFF_ROLES)
@require_safe
def booking(request: SignedInRequest, reference: str) -> HttpResponse:
    """One booking, masked."""
    return _booking_page(request, _get(request, reference))


@staff_required(roles=STAFF_ROLES)
@require_POST
@never_cache
def show_person(request: SignedInRequest, reference: str) -> HttpResponse:
    """The booking with name and number whole: takes a reason and leaves a trace."""
    found = _get(request, reference)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _booking_page(request, found, reason_form=form)
    unmask(request.user, found, form.cleaned_data["reason"], centre_id=found.centre_id)
    return _booking_page(request, found, is_whole=True)


@staff_required(roles=STAFF_ROLES)
@require_POST
def note_attendance(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Note that the visitor is here or did not come, or take that back; the row or the page."""
    found, refusal = _get(request, reference), ""
    try:
        ATTENDANCE[act](booking_id=found.pk, actor=request.user, now=timezone.now())
    except RuleError as error:
        refusal = str(error)
    if getattr(request, "htmx", False):
        found.refresh_from_db(fields=["status", "version"])
        day = today(timezone.now())
        context = {
            "booking": found,
            "shown_day": day,
            "today": day,
            "refusal": refusal,
            "is_swapped": True,
        }
        return render(request, "services/staff/desk/row.html", context)
    if refusal:
        messages.error(request, refusal)
    return redirect("staff:booking", found.reference)


@staff_required(roles=STAFF_ROLES)
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Cancel for the person, or for the centre, after asking; the reason is kept."""
    found = _get(request, reference)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            check_not_own(found, request.user)
            cancel_booking(
                booking_id=found.pk,
                now=timezone.now(),
                version=found.version,
                actor=request.user,
                by=CancelledBy.CENTRE,
                reason=form.cleaned_data["reason"],
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The booking is cancelled and the person is told."))
            return redirect("staff:booking", found.reference)
    back = reverse("staff:booking", args=[found.reference])
    context = {"booking": found, "form": form, "act_class": "btn-danger", "back_url": back}
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/desk/cancel.html", context, status=status)


def _get(request: SignedInRequest, reference: str) -> Booking:
    return get_booking_for_staff(request.user, reference, today(timezone.now()))


def _booking_page(
    request: SignedInRequest,
    found: Booking,
    *,
    is_whole: bool = False,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    context = {
        "booking": found,
        "is_whole": is_whole,
        "is_today": found.date == today(timezone.now()),
        "form": reason_form or ReasonForm(),
        "manage_url": manage_url(found),
        "documents": documents_of(found),
    }
    status = 422 if reason_form else 200
    return render(request, "services/staff/desk/booking.html", context, status=status)
