"""Each person's own side of the roster: my shifts, leave, and swaps; and who decides on leave."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.centres.access import centres_staffed_by
from services.roster.access import (
    get_leave_to_decide,
    get_own_leave,
    get_own_shift,
    get_swap,
    leaves_of,
    leaves_to_decide,
    rosters_kept_by,
    shifts_of,
    staff_of,
    swaps_of,
)
from services.roster.calendar import calendar_of
from services.roster.forms import DecideForm, LeaveForm, SwapForm
from services.roster.leaves import ask_leave, decide_leave, withdraw_leave
from services.roster.models import LeaveKind, Shift, SwapState
from services.roster.staffed import gaps_ahead
from services.roster.swaps import answer_swap, ask_swap, withdraw_swap

PAGE_SIZE = 30
EXCHANGED = timedelta(days=14)


@staff_required(roles=STAFF_ROLES)
@require_safe
def my_shifts(request: SignedInRequest) -> HttpResponse:
    """The person's shifts from today on, leaves, open swaps, and the rosters to look at."""
    now = timezone.now()
    day = today(now)
    rosters = rosters_kept_by(request.user, day)
    page = Paginator(shifts_of(request.user, day), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "swaps": swaps_of(request.user),
        "leaves": leaves_of(request.user, day),
        "centres": centres_staffed_by(request.user, day),
        "gaps": Counter(item.centre.pk for item in gaps_ahead(rosters, now=now)),
        "manages": any(grant.role in MANAGER_ROLES for grant in request.user.grants_on(day)),
        "now": now,
    }
    return render(request, "services/staff/roster/mine.html", context)


@staff_required(roles=STAFF_ROLES)
@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """The same shifts as a calendar file."""
    now = timezone.now()
    content = calendar_of(shifts_of(request.user, today(now)), now=now)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="shifts.ics"'},
    )


@staff_required(roles=STAFF_ROLES)
def leave_asked(request: SignedInRequest) -> HttpResponse:
    """Ask for leave."""
    now = timezone.now()
    form = LeaveForm(request.POST or None, centres=centres_staffed_by(request.user, today(now)))
    if form.is_valid():
        try:
            ask_leave(
                centre=form.asked_of(),
                staff=request.user,
                days=form.days(),
                kind=LeaveKind(form.cleaned_data["kind"]),
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The manager decides; you will be told."))
            return redirect("staff:my-shifts")
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/roster/ask_leave.html", {"form": form}, status=status)


@staff_required(roles=STAFF_ROLES)
def leave_withdrawn(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one's own leave back, after a look at it."""
    leave = get_own_leave(request.user, pk)
    refusal = ""
    if request.method == "POST":
        try:
            withdraw_leave(leave_id=leave.pk, by=request.user, now=timezone.now())
        except RuleError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Your leave is withdrawn."))
            return redirect("staff:my-shifts")
    context = {"leave": leave, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "services/staff/roster/withdraw.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_safe
def leaves(request: SignedInRequest) -> HttpResponse:
    """Leaves to decide on first, then those to come."""
    day = today(timezone.now())
    found = leaves_to_decide(request.user, day).undecided_first(day)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "services/staff/roster/leaves.html", {"page": page})


@staff_required(roles=MANAGER_ROLES)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Grant or decline one."""
    now = timezone.now()
    leave = get_leave_to_decide(request.user, pk, today(now))
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            decide_leave(
                leave_id=leave.pk,
                granted=request.POST.get("act") == "grant",
                note=form.cleaned_data["note"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided."))
            return redirect("staff:leaves")
    shifts = Shift.objects.for_list().filter(staff=leave.staff_id)
    context = {
        "leave": leave,
        "shifts": shifts.between(max(leave.first, today(now)), leave.last),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/roster/decide.html", context, status=status)


@staff_required(roles=STAFF_ROLES)
def swap_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask a colleague to take a shift of one's own."""
    now = timezone.now()
    day = today(now)
    shift = get_own_shift(request.user, pk)
    people = [person for person in staff_of(shift.centre_id, shift.date) if person != request.user]
    shifts = Shift.objects.for_list().filter(centre=shift.centre_id, staff__in=people)
    form = SwapForm(
        request.POST or None, people=people, shifts=shifts.between(day, day + EXCHANGED)
    )
    if form.is_valid():
        to, other = form.chosen()
        try:
            ask_swap(shift=shift, to=to, other=other, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your colleague is asked; you will be told the answer."))
            return redirect("staff:my-shifts")
    context = {"form": form, "shift": shift}
    status = 422 if form.is_bound else 200
    return render(request, "services/staff/roster/ask_swap.html", context, status=status)


@staff_required(roles=STAFF_ROLES)
def swap(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a request, or take one's own back."""
    found = get_swap(request.user, pk)
    refusal = ""
    if request.method == "POST":
        try:
            _answer(request, pk)
        except RuleError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:my-shifts")
    context = {
        "swap": found,
        "is_open": found.state == SwapState.ASKED,
        "is_asked": found.to_id == request.user.pk,
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "services/staff/roster/swap.html", context, status=status)


def _answer(request: SignedInRequest, pk: int) -> None:
    act, now = request.POST.get("act"), timezone.now()
    if act == "withdraw":
        withdraw_swap(swap_id=pk, by=request.user, now=now)
    else:
        answer_swap(swap_id=pk, accepted=act == "accept", by=request.user, now=now)
