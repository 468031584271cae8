"""Changing hours, dates, windows and the calendar, each with its preview."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, Role
from lishui_center.common.clock import today
from services.centres.access import centres_managed_by, get_centre_to_manage
from services.centres.actions import remove_setting, save_setting
from services.centres.models import Centre, Pool
from services.hours.models import CalendarDay, HoursException, HoursRule
from services.opening.access import calendar_from, get_calendar_day, get_row_to_change, sheet_of
from services.opening.actions import Change
from services.opening.flow import Task, two_steps
from services.opening.forms import CalendarDayForm, ExceptionForm, PoolForm, RuleForm
from services.opening.rules import preview_rows

TOWN = frozenset({Role.TOWN_ADMIN})
PAGE_SIZE = 60


@dataclass(frozen=True)
class Kind:
    """One kind of row that decides on a centre's opening."""

    model: type[Model]
    form: Callable[..., Any]
    title: Promise
    is_removable: bool = True


KINDS = {
    "hours": Kind(HoursRule, RuleForm, _("Weekly hours")),
    "dates": Kind(HoursException, ExceptionForm, _("A date that differs")),
    "pools": Kind(Pool, PoolForm, _("Group of windows"), is_removable=False),
}


@staff_required(roles=MANAGER_ROLES)
@require_safe
def centres(request: SignedInRequest) -> HttpResponse:
    """The centres whose opening the person decides on."""
    found = centres_managed_by(request.user, today(timezone.now()))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "services/staff/opening/centres.html", {"page": page})


@staff_required(roles=MANAGER_ROLES)
@require_safe
def centre_sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """Everything that decides when one centre is open."""
    now = timezone.now()
    centre = get_centre_to_manage(request.user, code, today(now))
    sheet = sheet_of(centre, now)
    context = {"centre": centre, "sheet": sheet, "rows": preview_rows(sheet.days)}
    return render(request, "services/staff/opening/centre.html", context)


@staff_required(roles=MANAGER_ROLES)
def edit_row(request: SignedInRequest, code: str, kind: str, pk: int | None = None) -> HttpResponse:
    """Add or change one row of the centre's opening."""
    day = today(timezone.now())
    centre = get_centre_to_manage(request.user, code, day)
    wanted = KINDS[kind]
    row = get_row_to_change(wanted.model, centre, pk) if pk else _new(wanted.model, centre)
    extra = {"first": day} if kind == "dates" else {}
    initial = {"valid_from": day} if kind == "hours" and not pk else {}
    form = wanted.form(request.POST or None, instance=row, centre=centre, initial=initial, **extra)
    return two_steps(
        request,
        form=form,
        change=lambda: Change(
            centres=(centre.pk,),
            write=lambda: save_setting(row=form.instance, by=request.user),
        ),
        task=Task(f"{wanted.title} · {centre.short_name}", _sheet_url(centre)),
    )


@staff_required(roles=MANAGER_ROLES)
def remove_row(request: SignedInRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Remove one row; its preview comes at once."""
    centre = get_centre_to_manage(request.user, code, today(timezone.now()))
    wanted = KINDS[kind]
    if not wanted.is_removable:
        raise Http404
    row = get_row_to_change(wanted.model, centre, pk)
    title = f"{wanted.title}: {row} · {centre.short_name}"
    return two_steps(
        request,
        form=forms.Form({}),
        change=lambda: Change((centre.pk,), lambda: remove_setting(row=row, by=request.user)),
        task=Task(title, _sheet_url(centre), is_removal=True),
    )


@staff_required(roles=TOWN)
@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """The statutory days of this year and later."""
    days = calendar_from(today(timezone.now()))
    return render(request, "services/staff/opening/calendar.html", {"days": days})


@staff_required(roles=TOWN)
def edit_calendar(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a day of the calendar, for every centre."""
    row = get_calendar_day(pk) if pk else CalendarDay()
    form = CalendarDayForm(request.POST or None, instance=row)
    return two_steps(
        request,
        form=form,
        change=lambda: Change(
            _all_centres(request),
            lambda: save_setting(row=form.instance, by=request.user),
            day=form.instance.date,
        ),
        task=Task(str(_("Calendar")), reverse("staff:calendar")),
    )


@staff_required(roles=TOWN)
def remove_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the day an ordinary one."""
    row = get_calendar_day(pk)
    return two_steps(
        request,
        form=forms.Form({}),
        change=lambda: Change(
            _all_centres(request),
            lambda: remove_setting(row=row, by=request.user),
            day=row.date,
        ),
        task=Task(str(row), reverse("staff:calendar"), is_removal=True),
    )


def _new(model: type[Model], centre: Centre) -> Model:
    return model(centre=centre)


def _sheet_url(centre: Centre) -> str:
    return reverse("staff:centre", args=[centre.code])


def _all_centres(request: SignedInRequest) -> tuple[int, ...]:
    found = centres_managed_by(request.user, today(timezone.now())).bookable()
    return tuple(found.order_by("pk").values_list("pk", flat=True))
