"""A booking's own page, my bookings, and finding one again."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.models import User
from lishui_center.common.encryption import seal, unseal
from lishui_center.common.errors import RuleError
from services.bookings.access import bookings_of, find_booking, get_booking_by_link
from services.bookings.forms import CodeForm, FindForm
from services.bookings.messages import manage_path
from services.bookings.phone_codes import check_code, check_rate, expect_code, send_code
from services.bookings.slip import calendar_of, slip_of
from services.hours.access import sign_of

PAGE_SIZE = 10
FINDING = "finding"


@never_cache
@require_safe
def manage(request: HttpRequest, reference: str) -> HttpResponse:
    """The booking for whoever has its link: what to bring, where, and what can be changed."""
    now = timezone.now()
    booking = get_booking_by_link(reference, request.GET.get("t", ""))
    context = {
        "slip": slip_of(booking, now=now),
        "booking": booking,
        "sign": sign_of(booking.centre, now=now),
    }
    return render(request, "services/bookings/manage.html", context)


@never_cache
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The visit as a file for the person's calendar."""
    booking = get_booking_by_link(reference, request.GET.get("t", ""))
    body = calendar_of(slip_of(booking, now=timezone.now()))
    name = f"{booking.reference}.ics"
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The signed-in person's bookings; everybody else may look for one booking."""
    if not isinstance(request.user, User):
        return render(request, "services/bookings/find.html", {"form": FindForm()})
    now = timezone.now()
    shows_past = request.GET.get("show") == "past"
    bookings = bookings_of(request.user)
    chosen = bookings.over(now) if shows_past else bookings.upcoming(now)
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "shows_past": shows_past}
    return render(request, "services/bookings/mine.html", context)


@never_cache
@require_http_methods(["POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Send a code to the phone of the booking; the answer is the same when there is none."""
    form = FindForm(request.POST)
    if form.is_valid():
        try:
            _begin_finding(request, **form.cleaned_data)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("bookings:open")
    return render(request, "services/bookings/find.html", {"form": form}, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_found(request: HttpRequest) -> HttpResponse:
    """Open the booking for whoever types the code that its phone received."""
    looked_for = request.session.get(FINDING)
    if looked_for is None:
        return redirect("bookings:mine")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        reference, phone = looked_for[0], unseal(looked_for[1])
        try:
            check_code(request, phone, form.cleaned_data["code"], now=timezone.now())
        except RuleError as refusal:
            form.add_error("code", str(refusal))
        else:
            booking = find_booking(reference, phone)
            del request.session[FINDING]
            return redirect(manage_path(booking) if booking else "bookings:mine")
    status = 422 if form.is_bound else 200
    return render(request, "services/bookings/open.html", {"form": form}, status=status)


def _begin_finding(request: HttpRequest, *, reference: str, phone: str) -> None:
    """Remember what is looked for and send a code, if there is such a booking.

    Raises:
        TooManyCodesError
    """
    now = timezone.now()
    check_rate(request, phone)
    request.session[FINDING] = [reference, seal(phone)]
    if find_booking(reference, phone):
        send_code(request, phone, now=now)
    else:
        expect_code(request, phone, "", now=now)
