"""A centre's roster: to see, and for its manager to plan."""

from collections.abc import Callable
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import clock_text, today
from lishui_center.common.dates import short_date
from lishui_center.common.errors import RuleError
from services.centres.models import Centre, Window
from services.opening.actions import Change
from services.opening.flow import Task, two_steps
from services.roster.access import (
    get_centre_to_plan,
    get_centre_to_see,
    get_roster_policy,
    get_shift_to_plan,
    name_on_roster,
    staff_of,
)
from services.roster.actions import change_shift, plan_shift, remove_shift, set_roster_policy
from services.roster.copying import Copied, copy_week
from services.roster.forms import FRONT_DESK, CopyForm, PolicyForm, ShiftForm, VersionForm
from services.roster.models import Shift
from services.roster.rules import typed_time
from services.roster.staffed import gaps_ahead
from services.roster.week import monday_asked, week_of

NAMED = 12
"""So many shifts left out of a copy are told one by one."""


@staff_required(roles=STAFF_ROLES)
@require_safe
def roster(request: SignedInRequest, code: str) -> HttpResponse:
    """One week of the centre, with its gaps; below, the gaps of the coming seven days."""
    now = timezone.now()
    centre = get_centre_to_see(request.user, code, today(now))
    context = {
        "centre": centre,
        "week": week_of(centre, monday_asked(request.GET.get("week", ""), now), now=now),
        "ahead": gaps_ahead([centre], now=now),
        "policy": get_roster_policy(centre),
        "manages": request.user.manages(centre.pk, today(now)),
        "today": today(now),
    }
    return render(request, "services/staff/roster/week.html", context)


@staff_required(roles=MANAGER_ROLES)
def edit_shift(request: SignedInRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Put a person on the roster, or change a shift."""
    now = timezone.now()
    centre = get_centre_to_plan(request.user, code, today(now))
    shift = get_shift_to_plan(centre, pk) if pk else None
    form = ShiftForm(
        request.POST or None,
        people=staff_of(centre.pk, shift.date if shift else today(now)),
        windows=Window.objects.filter(centre=centre).select_related("pool"),
        initial=_initial(shift) if shift else _asked(request, now),
    )
    return _carried_out(
        request,
        centre=centre,
        form=form,
        change=lambda: _change_of(request, centre, shift, form),
        task=Task(_("Shift") + f" · {centre.short_name}", _week_url(centre, shift, form)),
        shift=shift,
    )


@staff_required(roles=MANAGER_ROLES)
@require_POST
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a shift off the roster."""
    centre = get_centre_to_plan(request.user, code, today(timezone.now()))
    shift = get_shift_to_plan(centre, pk)
    form = VersionForm(request.POST)
    return _carried_out(
        request,
        centre=centre,
        form=form,
        change=lambda: Change(
            (centre.pk,),
            lambda: remove_shift(
                shift_id=shift.pk,
                version=form.cleaned_data["version"],
                by=request.user,
                now=timezone.now(),
            ),
        ),
        task=Task(_("Remove the shift"), _week_url(centre, shift, form), is_removal=True),
        shift=shift,
    )


@staff_required(roles=MANAGER_ROLES)
def copy(request: SignedInRequest, code: str) -> HttpResponse:
    """Repeat a week; what could not be copied is told."""
    now = timezone.now()
    centre = get_centre_to_plan(request.user, code, today(now))
    monday = monday_asked(request.GET.get("week", ""), now)
    form = CopyForm(request.POST or None)
    done: list[Copied] = []

    def write() -> None:
        weeks = form.cleaned_data["weeks"]
        done.append(copy_week(centre=centre, monday=monday, weeks=weeks, by=request.user, now=now))

    title = _("Copy the week from %(day)s") % {"day": short_date(monday)}
    back = f"{reverse('staff:roster', args=[code])}?week={monday.isoformat()}"
    answer = _carried_out(
        request,
        centre=centre,
        form=form,
        change=lambda: Change((centre.pk,), write),
        task=Task(f"{title} · {centre.short_name}", back),
    )
    if answer.status_code == HTTPStatus.FOUND:
        _tell_copied(request, done[-1])
    return answer


@staff_required(roles=MANAGER_ROLES)
def policy(request: SignedInRequest, code: str) -> HttpResponse:
    """What the centre's roster is for; bookings that following it would touch are shown first."""
    centre = get_centre_to_plan(request.user, code, today(timezone.now()))
    form = PolicyForm(request.POST or None, instance=get_roster_policy(centre))
    return two_steps(
        request,
        form=form,
        change=lambda: Change(
            (centre.pk,), lambda: set_roster_policy(policy=form.instance, by=request.user)
        ),
        task=Task(
            _("Roster rules") + f" · {centre.short_name}",
            reverse("staff:roster", args=[centre.code]),
        ),
    )


def _carried_out(
    request: SignedInRequest,
    *,
    centre: Centre,
    form: Any,
    change: Callable[[], Change],
    task: Task,
    shift: Shift | None = None,
) -> HttpResponse:
    """Do it at once; where lanes follow the roster, after a preview of what it does to bookings."""
    if get_roster_policy(centre).lanes_follow_roster:
        return two_steps(request, form=form, change=change, task=task)
    if form.is_valid():
        try:
            change().write()
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(task.back_url)
    context = {"form": form, "task": task, "centre": centre, "shift": shift}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "services/staff/roster/form.html", context, status=status)


def _change_of(
    request: SignedInRequest, centre: Centre, shift: Shift | None, form: ShiftForm
) -> Change:
    duty, now = form.duty(), timezone.now()

    def write() -> None:
        if shift is None:
            plan_shift(centre=centre, duty=duty, by=request.user, now=now)
            return
        version = form.cleaned_data["version"] or 0
        change_shift(shift_id=shift.pk, version=version, duty=duty, by=request.user, now=now)

    return Change((centre.pk,), write)


def _initial(shift: Shift) -> dict[str, object]:
    rest = shift.hours.rest
    return {
        "staff": str(shift.staff_id),
        "window": str(shift.window_id or FRONT_DESK),
        "date": shift.date,
        "starts": typed_time(shift.from_cell),
        "ends": typed_time(shift.to_cell),
        "break_starts": typed_time(rest[0]) if rest else "",
        "break_ends": typed_time(rest[1]) if rest else "",
        "version": shift.version,
    }


def _asked(request: SignedInRequest, now: datetime) -> dict[str, object]:
    """What the link to the form says: the day, the window, and the gap to fill."""
    known = ("window", "date", "starts", "ends")
    asked = {name: request.GET[name] for name in known if name in request.GET}
    return {"date": today(now), **asked}


def _week_url(centre: Centre, shift: Shift | None, form: Any) -> str:
    """The week of the shift."""
    day: date | None = shift.date if shift else None
    if form.is_bound and form.is_valid() and "date" in form.cleaned_data:
        day = form.cleaned_data["date"]
    url = reverse("staff:roster", args=[centre.code])
    return f"{url}?week={day.isoformat()}" if day else url


def _tell_copied(request: SignedInRequest, copied: Copied) -> None:
    messages.info(
        request,
        _("%(made)s shifts copied; %(kept)s were there already.")
        % {"made": copied.made, "kept": copied.kept},
    )
    for left_out in copied.skipped[:NAMED]:
        shift = left_out.shift
        messages.warning(
            request,
            _("Left out: %(day)s, %(start)s, %(place)s, %(name)s: %(reason)s.")
            % {
                "day": short_date(shift.date),
                "start": clock_text(shift.from_cell),
                "place": shift.place,
                "name": name_on_roster(shift.staff),
                "reason": left_out.reason,
            },
        )
    if len(copied.skipped) > NAMED:
        number = len(copied.skipped) - NAMED
        messages.warning(request, _("%(number)s more were left out.") % {"number": number})
