"""Booking and moving for somebody on the phone or at the desk."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import clock_text, moment, today
from lishui_center.common.encryption import lookup_hash
from lishui_center.common.errors import RuleError
from services.bookings.access import get_booking_for_staff
from services.bookings.actions import book_visit
from services.bookings.models import Booking, Channel
from services.bookings.visitors import BookingRequest, make_visitor
from services.catalogue.access import Visit, get_visit
from services.centres.access import centres_staffed_by
from services.changes.actions import move_booking
from services.changes.forms import ChangeForm
from services.desk.access import check_not_own, check_not_own_phone, free_days, offered_items
from services.desk.forms import CallerForm, VisitForm
from services.slots.bands import Band, band_of
from services.slots.grid import read_start
from services.slots.models import DaySlots
from services.slots.rules import cells_for


@staff_required(roles=STAFF_ROLES)
def book(request: SignedInRequest) -> HttpResponse:
    """Service, time and person on one address; each step adds to it.

    No time is held while the caller spells a name: if it goes, the next one is a click away.
    """
    now = timezone.now()
    centres = centres_staffed_by(request.user, today(now))
    centre = centres.filter(code=request.GET.get("centre", "")).first() or centres.first()
    items = offered_items(centre) if centre else []
    visit_form = VisitForm(
        request.GET if "item" in request.GET else None,
        centres=centres,
        items=items,
        initial={"centre": centre},
    )
    context: dict[str, Any] = {"visit_form": visit_form, "visit": None, "centre": centre}
    if centre and visit_form.is_valid():
        try:
            visit = get_visit(centre.code, visit_form.codes())
        except RuleError as refusal:
            visit_form.add_error(None, str(refusal))
        else:
            return _time_and_person(request, visit, context | {"visit": visit}, now)
    return _page(request, context, has_errors=visit_form.is_bound and bool(visit_form.errors))


@staff_required(roles=STAFF_ROLES)
def move(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose another time for a booking of one's centre."""
    now = timezone.now()
    found = get_booking_for_staff(request.user, reference, today(now))
    start, form = read_start(request.POST.get("start", "")), ChangeForm(request.POST)
    refusal = ""
    if start and form.is_valid():
        try:
            check_not_own(found, request.user)
            move_booking(
                booking_id=found.pk,
                start=start,
                now=now,
                version=form.cleaned_data["version"],
                actor=request.user,
                by_staff=True,
            )
        except RuleError as error:
            refusal = str(error)
        else:
            messages.success(request, _("The booking is moved and the person is told."))
            return redirect("staff:booking", found.reference)
    context = {"booking": found, "refusal": refusal, **_choice_for(found, request.GET, now)}
    status = 409 if refusal else 200
    return render(request, "services/staff/desk/move.html", context, status=status)


def _time_and_person(
    request: SignedInRequest, visit: Visit, context: dict[str, Any], now: datetime
) -> HttpResponse:
    """Step 2 shows the times, step 3 asks who comes, and books."""
    days = list(
        free_days(
            pool_id=visit.pool.pk,
            cells=cells_for(visit.minutes),
            policy=visit.policy,
            now=now,
        )
    )
    start = read_start(request.GET.get("start", ""))
    form = CallerForm(request.POST or None, initial={"start": start, "language": "zh-hans"})
    context |= {"start": start, "form": form, **_choice(days, request.GET)}
    if not form.is_valid():
        return _page(request, context, has_errors=form.is_bound)
    try:
        booking = _book(request, visit, form.cleaned_data, now)
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, context, has_errors=True)
    messages.success(request, _("Booked. The person gets a message; print this page if asked."))
    return redirect("staff:booking", booking.reference)


def _book(
    request: SignedInRequest, visit: Visit, entered: dict[str, Any], now: datetime
) -> Booking:
    visitor = make_visitor(
        name=entered["name"],
        phone=entered["phone"],
        language=entered["language"],
        concession=entered["concession"],
    )
    check_not_own_phone(lookup_hash(visitor.phone), request.user)
    asked = BookingRequest(
        visit=visit,
        start=entered["start"],
        visitor=visitor,
        channel=Channel.STAFF,
        booked_by=request.user,
    )
    return book_visit(request=asked, now=now).booking


def _choice_for(booking: Booking, query: QueryDict, now: datetime) -> dict[str, Any]:
    days = free_days(
        pool_id=booking.pool_id, cells=booking.cells, policy=booking.centre.policy, now=now
    )
    return _choice(list(days), query)


def _choice(days: list[DaySlots], query: QueryDict) -> dict[str, Any]:
    """The days, the one looked at with its times by band, and the rest of the query."""
    wanted = query.get("day", "")
    chosen = next((day for day in days if day.date.isoformat() == wanted), None)
    chosen = chosen or next((day for day in days if day.free), None)
    rest = query.copy()
    for name in ("day", "start"):
        rest.pop(name, None)
    address = f"?{rest.urlencode()}&day=" if rest else "?day="
    return {
        "days": [(day, f"{address}{day.date.isoformat()}", day == chosen) for day in days],
        "chosen": chosen,
        "bands": _bands(chosen) if chosen else [],
        "rest": rest.urlencode(),
    }


def _bands(day: DaySlots) -> list[tuple[Band, list[tuple[str, str, int]]]]:
    """The day's starts by band: its text, its value and its free places."""
    return [
        (
            band,
            [
                (clock_text(start.cell), moment(day.date, start.cell).isoformat(), start.free)
                for start in starts
            ],
        )
        for band, starts in groupby(day.starts, key=lambda start: band_of(start.cell))
    ]


def _page(request: SignedInRequest, context: dict[str, Any], *, has_errors: bool) -> HttpResponse:
    return render(
        request, "services/staff/desk/book.html", context, status=422 if has_errors else 200
    )
