"""Rooms and things to borrow: look, ask, and one's own use by its link."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.accounts.models import User
from lishui_center.common.calendars import Entry, as_calendar
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.lending.access import get_use_by_link, terms_of, uses_of
from services.lending.actions import Wanted, ask_use
from services.lending.deciding import cancel_use
from services.lending.free import others_for
from services.lending.messages import use_path
from services.lending.models import CancelledBy, Use, UseState
from services.reserving.held import sent_key
from services.reserving.proof import is_proven
from services.reserving.rates import check_hold_rate
from services.resources.access import get_for_resident
from services.slots.grid import read_day
from services.venues.forms import LookForm, UseForm, moments
from services.venues.looking import Look, look_at, rows_on

PAGE_SIZE = 20
MINE_PAGE_SIZE = 10


@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    """What can be asked for, by centre, kind and size; with a day, only what is free then."""
    now = timezone.now()
    form = LookForm(request.GET)
    found, day = form.found(), form.wanted_day(today(now))
    if day is not None:
        free = {row.resource.pk for row in rows_on(list(found), day, now=now) if row.has_time}
        found = found.filter(pk__in=free)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_on(list(page.object_list), day, now=now)
    context = {"form": form, "page": page, "rows": rows, "day": day}
    return render(request, "services/venues/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def venue(request: HttpRequest, code: str) -> HttpResponse:
    """One resource with its free times; asking for it on the same page."""
    now = timezone.now()
    resource = get_for_resident(code)
    look = look_at(resource, read_day(request.GET.get("day", "")), terms_of(resource), now=now)
    form = _form(request, look)
    if form is not None and look.day is not None and form.is_valid():
        try:
            if is_proven(request, form, form.visitor(), now):
                return _asked(request, form, look, look.day.date, now)
            form = form.asking_code()
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "look": look,
        "resource": resource,
        "form": form,
        "key": sent_key(request) or get_random_string(32),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "services/venues/venue.html", context, status=status)


@never_cache
@require_safe
def use(request: HttpRequest, reference: str) -> HttpResponse:
    """The use for whoever has its link; what else there is if the centre took it back."""
    now = timezone.now()
    shown = get_use_by_link(reference, request.GET.get("t", ""))
    is_taken_back = shown.state == UseState.CANCELLED and shown.cancelled_by == CancelledBy.CENTRE
    wants_other = is_taken_back or shown.state == UseState.REFUSED
    context = {
        "use": shown,
        "is_taken_back": is_taken_back,
        "can_cancel": shown.is_open and shown.starts_at > now,
        "others": others_for(shown, now=now) if wants_other and shown.starts_at > now else [],
        "day": today(shown.starts_at),
    }
    return render(request, "services/venues/use.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then cancel."""
    shown = get_use_by_link(reference, request.GET.get("t", ""))
    now = timezone.now()
    if request.method == "POST":
        try:
            cancel_use(use_id=shown.pk, actor=_user(request), now=now)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        return redirect(use_path(shown))
    if not shown.is_open or shown.starts_at <= now:
        return redirect(use_path(shown))
    context = {"use": shown, "back_url": use_path(shown), "act_class": "btn-danger"}
    return render(request, "services/venues/cancel.html", context)


@never_cache
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The use as a file for the person's calendar."""
    shown = get_use_by_link(reference, request.GET.get("t", ""))
    name = f"{shown.reference}.ics"
    return HttpResponse(
        as_calendar(_entry(shown, request), product="Lending", now=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What the person asked for, also before signing in with the same phone."""
    page = Paginator(uses_of(request.user), MINE_PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(use, use_path(use)) for use in page]}
    return render(request, "services/venues/mine.html", context)


def _form(request: HttpRequest, look: Look) -> UseForm | None:
    """The form for the day looked at; None where nothing can begin that day."""
    if not look.starts or look.day is None:
        return None
    return UseForm(
        request.POST or None,
        user=_user(request),
        asks_code="code" in request.POST,
        resource=look.resource,
        starts=look.starts,
        runs=look.day.stretches,
    )


def _asked(
    request: HttpRequest, form: UseForm, look: Look, day: date, now: datetime
) -> HttpResponse:
    check_hold_rate(request)  # What is asked for keeps a place too.
    starts_at, ends_at = moments(form, day)
    given = form.cleaned_data
    made = ask_use(
        wanted=Wanted(
            resource=look.resource,
            starts_at=starts_at,
            ends_at=ends_at,
            purpose=given["purpose"],
            units=given.get("units") or 1,
            people=given.get("people"),
            visitor=form.visitor(),
        ),
        key=sent_key(request),
        now=now,
    )
    if made.state == UseState.ASKED:
        messages.success(request, _("Asked for. We tell you by message what the centre says."))
    else:
        messages.success(request, _("It is kept for you. A message is on its way to your phone."))
    return redirect(use_path(made))


def _entry(use: Use, request: HttpRequest) -> Entry:
    centre = use.resource.centre
    return Entry(
        reference=use.reference,
        version=use.version,
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        title=use.resource.name,
        place=f"{centre.name} {centre.address}".strip() if centre else "",
        words=_("Number: %(reference)s") % {"reference": use.reference},
        url=request.build_absolute_uri(use_path(use)),
        is_off=not use.is_open and use.state != UseState.DONE,
    )


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
