"""The kiosk in the hall, numbers taken by phone, and a person's own place in the queue."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.bookings.access import get_booking_by_link
from services.bookings.phone_codes import has_proven
from services.centres.models import Centre, Pool
from services.halls.access import get_hall, get_kiosk_centre, hall_settings, hall_state, is_open
from services.kiosk.errors import UnknownPhoneError
from services.kiosk.forms import RemoteForm
from services.kiosk.place import place_of
from services.ratings.forms import RatingForm
from services.reserving.rates import check_hold_rate
from services.tickets.access import get_ticket_by_link, hall_of_link
from services.tickets.actions import Walker, check_in_visit, leave_queue, take_number
from services.tickets.arrivals import bookings_of_day
from services.tickets.messages import place_url
from services.tickets.models import Source, Ticket

MOST_FOUND = 6


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """First tap: a booking, or the group of windows. Second tap: ordinary or priority."""
    centre = get_kiosk_centre(token)
    if request.method == "POST":
        return _checked_in(request, centre, token)
    pools = Pool.objects.filter(centre=centre)
    chosen = request.GET.get("pool", "")
    context = {
        "centre": centre,
        "token": token,
        "pools": pools,
        "pool": get_object_or_404(pools, code=chosen) if chosen else None,
        "is_open": is_open(centre, timezone.now()),
        "key": get_random_string(20),
    }
    return render(request, "services/kiosk/kiosk.html", context)


@never_cache
@require_POST
def kiosk_number(request: HttpRequest, token: str) -> HttpResponse:
    """The number, on a page that prints and goes back by itself."""
    centre = get_kiosk_centre(token)
    pool = get_object_or_404(Pool, centre=centre, code=request.POST.get("pool", ""))
    walker = Walker(
        Source.KIOSK,
        get_language() or "zh-hans",
        has_priority=request.POST.get("priority") == "1",
        key=request.POST.get("key") or None,
    )
    try:
        ticket = take_number(pool=pool, walker=walker, now=timezone.now())
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("kiosk:kiosk", token)
    return redirect("kiosk:slip", token, ticket.secret)


@never_cache
@require_safe
def kiosk_slip(request: HttpRequest, token: str, secret: str) -> HttpResponse:
    """The number in large type, to print and to follow by phone."""
    get_kiosk_centre(token)
    ticket = get_ticket_by_link(secret)
    context = {
        "ticket": ticket,
        "place_url": place_url(ticket),
        "back_url": reverse("kiosk:kiosk", args=[token]),
    }
    return render(request, "services/kiosk/slip.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_afar(request: HttpRequest, code: str) -> HttpResponse:
    """A number by phone, where the centre allows it: the place counts from the arrival said."""
    centre = get_hall(code)
    hall = hall_settings(centre)
    now = timezone.now()
    form = RemoteForm(
        request.POST or None,
        centre=centre,
        furthest=hall.remote_minutes,
        initial={"key": get_random_string(20)},
    )
    if hall.remote_minutes and form.is_valid():
        given = form.cleaned_data
        walker = Walker(
            Source.REMOTE,
            get_language() or "zh-hans",
            phone=given["phone"],
            key=given["key"] or None,
            minutes_away=given["minutes"],
        )
        try:
            check_hold_rate(request)
            _check_phone(request, walker.phone)
            ticket = take_number(pool=given["pool"], walker=walker, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("tickets:place", ticket.secret)
    context = {
        "centre": centre,
        "form": form,
        "is_offered": bool(hall.remote_minutes),
        "is_open": is_open(centre, now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/kiosk/remote.html", context, status=status)


@never_cache
@require_POST
def check_in_by_link(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody with a booking says by phone, from the hall's door, that they are here."""
    booking = get_booking_by_link(reference, request.GET.get("t", ""))
    if not hall_settings(booking.centre).remote_minutes:
        return _refused(request, booking.reference, _("Please check in at the kiosk or the desk."))
    try:
        ticket = check_in_visit(booking_id=booking.pk, source=Source.REMOTE, now=timezone.now())
    except RuleError as refusal:
        return _refused(request, booking.reference, str(refusal))
    return redirect("tickets:place", ticket.secret)


@never_cache
@require_safe
def place(request: HttpRequest, secret: str) -> HttpResponse:
    """Where I am in the queue; 204 while nothing changed since `seen`."""
    now, seen = timezone.now(), request.GET.get("seen", "")
    state = hall_state(hall_of_link(secret), now)
    if seen and seen == state:
        return HttpResponse(status=204)
    ticket = get_ticket_by_link(secret)
    context = {
        "place": place_of(ticket, state=state, now=now),
        "ticket": ticket,
        "state": state,
        "rating_form": RatingForm(),
    }
    return htmx.render(request, "services/kiosk/place.html", part="place", context=context)


@never_cache
@require_POST
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """I cannot wait: the next one moves up."""
    ticket = get_ticket_by_link(secret)
    try:
        leave_queue(ticket_id=ticket.pk, now=timezone.now())
    except RuleError as refusal:
        messages.error(request, str(refusal))
    return redirect("tickets:place", ticket.secret)


def _check_phone(request: HttpRequest, phone: str) -> None:
    """Messages go to no phone that the person has not proven to have.

    Raises:
        UnknownPhoneError
    """
    if phone and settings.PHONE_VERIFICATION and not has_proven(request, phone):
        raise UnknownPhoneError


def _checked_in(request: HttpRequest, centre: Centre, token: str) -> HttpResponse:
    """Check in the one booking that fits; several are shown to choose from by their times."""
    text, now = request.POST.get("q", ""), timezone.now()
    found = bookings_of_day(centre, text, today(now))
    page = Paginator(found, MOST_FOUND).get_page(1)
    if len(page.object_list) == 1:
        try:
            ticket: Ticket = check_in_visit(
                booking_id=page.object_list[0].pk, source=Source.KIOSK, now=now
            )
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect("kiosk:kiosk", token)
        return redirect("kiosk:slip", token, ticket.secret)
    if not page.object_list:
        messages.error(request, _("No booking of today fits. Please take a number, or ask us."))
        return redirect("kiosk:kiosk", token)
    context = {"centre": centre, "token": token, "found": page.object_list}
    return render(request, "services/kiosk/which.html", context)


def _refused(request: HttpRequest, reference: str, text: str) -> HttpResponse:
    messages.error(request, text)
    link = reverse("bookings:manage", args=[reference])
    return redirect(f"{link}?{request.GET.urlencode()}")
