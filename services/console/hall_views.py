"""The front desk: giving numbers, noting arrivals, bringing back who missed the call."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common import htmx
from lishui_center.common.clock import ZONE, today
from lishui_center.common.errors import RuleError
from services.centres.access import centres_staffed_by
from services.centres.models import Centre, Pool
from services.console.forms import PaperForm
from services.console.hall import hall_of
from services.console.outcomes import bring_back
from services.halls.access import hall_state
from services.tickets.access import get_ticket_for_staff
from services.tickets.actions import (
    Walker,
    check_in_visit,
    enter_paper_number,
    leave_queue,
    take_number,
)
from services.tickets.arrivals import bookings_of_day
from services.tickets.messages import place_url
from services.tickets.models import Source, Ticket


@staff_required(roles=STAFF_ROLES)
@require_safe
def hall(request: SignedInRequest) -> HttpResponse:
    """The hall at this moment; 204 while nothing changed since `seen`."""
    centre = _centre(request)
    if centre is None:
        centres = centres_staffed_by(request.user, today(timezone.now()))
        return render(request, "services/console/halls.html", {"centres": centres})
    seen = request.GET.get("seen", "")
    if seen and seen == hall_state(centre.pk, timezone.now()):
        return HttpResponse(status=204)
    return _hall_page(request, centre)


@staff_required(roles=STAFF_ROLES)
@require_POST
def give_number(request: SignedInRequest) -> HttpResponse:
    """A walk-in's number, with the reason for priority looked at and not stored."""
    centre = _chosen(request)
    pool = get_object_or_404(Pool, centre=centre, pk=request.POST.get("pool") or None)
    walker = Walker(
        Source.DESK,
        request.POST.get("language", "zh-hans"),
        has_priority=request.POST.get("priority") == "1",
        key=request.POST.get("key") or None,
    )
    try:
        ticket = take_number(pool=pool, walker=walker, now=timezone.now(), actor=request.user)
    except RuleError as refusal:
        return _back_to_hall(request, centre, refusal=str(refusal))
    return redirect("staff:hall-slip", ticket.pk)


@staff_required(roles=STAFF_ROLES)
@require_POST
def arrival(request: SignedInRequest) -> HttpResponse:
    """Somebody with a booking is here: by code, scanned link or phone."""
    centre, now = _chosen(request), timezone.now()
    found = list(bookings_of_day(centre, request.POST.get("q", ""), today(now))[:2])
    if len(found) != 1:
        text = (
            _("There is more than one booking. Please type the booking code.")
            if found
            else _("No booking of today fits. Please give a walk-in number.")
        )
        return _back_to_hall(request, centre, refusal=text)
    try:
        ticket = check_in_visit(
            booking_id=found[0].pk,
            source=Source.DESK,
            now=now,
            actor=request.user,
            has_priority=request.POST.get("priority") == "1",
        )
    except RuleError as refusal:
        return _back_to_hall(request, centre, refusal=str(refusal))
    return redirect("staff:hall-slip", ticket.pk)


@staff_required(roles=STAFF_ROLES)
@require_POST
def paper(request: SignedInRequest) -> HttpResponse:
    """Bring a number from the paper list into the queue."""
    centre, now = _chosen(request), timezone.now()
    form = PaperForm(request.POST, centre=centre)
    if not form.is_valid():
        return _hall_page(request, centre, paper_form=form)
    at = datetime.combine(today(now), form.cleaned_data["time"], ZONE)
    try:
        ticket = enter_paper_number(
            pool=form.cleaned_data["pool"],
            number=form.cleaned_data["number"],
            arrived_at=at,
            now=now,
            actor=request.user,
        )
    except RuleError as refusal:
        form.add_error("number", str(refusal))
        return _hall_page(request, centre, paper_form=form)
    messages.success(request, _("%(number)s is in the queue.") % {"number": ticket.text})
    return _back_to_hall(request, centre)


@staff_required(roles=STAFF_ROLES)
@require_POST
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who missed the call is here after all."""
    ticket = _ticket(request, pk)
    refusal = ""
    try:
        bring_back(ticket_id=ticket.pk, actor=request.user, now=timezone.now())
    except RuleError as error:
        refusal = str(error)
    return _back_to_hall(request, ticket.centre, refusal=refusal)


@staff_required(roles=STAFF_ROLES)
@require_POST
def left(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person cannot wait."""
    ticket = _ticket(request, pk)
    refusal = ""
    try:
        leave_queue(ticket_id=ticket.pk, now=timezone.now(), actor=request.user)
    except RuleError as error:
        refusal = str(error)
    return _back_to_hall(request, ticket.centre, refusal=refusal)


@staff_required(roles=STAFF_ROLES)
@require_safe
def slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number to print on an 80 mm roll, or to show."""
    ticket = _ticket(request, pk)
    context = {
        "ticket": ticket,
        "place_url": place_url(ticket),
        "back_url": f"{reverse('staff:hall')}?centre={ticket.centre.code}",
    }
    return render(request, "services/console/slip.html", context)


def _ticket(request: SignedInRequest, pk: int) -> Ticket:
    return get_ticket_for_staff(request.user, pk, timezone.now())


def _centre(request: SignedInRequest) -> Centre | None:
    """The hall meant: named, or the only one where the person works."""
    centres = centres_staffed_by(request.user, today(timezone.now()))
    code = request.POST.get("centre") or request.GET.get("centre", "")
    if code:
        return get_object_or_404(centres, code=code)
    mine = list(centres[:2])
    return mine[0] if len(mine) == 1 else None


def _chosen(request: SignedInRequest) -> Centre:
    centres = centres_staffed_by(request.user, today(timezone.now()))
    return get_object_or_404(centres, code=request.POST.get("centre", ""))


def _back_to_hall(request: SignedInRequest, centre: Centre, refusal: str = "") -> HttpResponse:
    if refusal:
        messages.error(request, refusal)
    return redirect(f"{reverse('staff:hall')}?centre={centre.code}")


def _hall_page(
    request: SignedInRequest, centre: Centre, paper_form: PaperForm | None = None
) -> HttpResponse:
    now = timezone.now()
    context = {
        "centre": centre,
        "hall": hall_of(centre, now=now),
        "form": paper_form,
        "paper_form": paper_form or PaperForm(centre=centre),
    }
    return htmx.render(request, "services/console/hall.html", part="queue", context=context)
