"""The staff's directory of resources, and making, changing, resting and retiring them."""

from copy import copy
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, grants_of, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES, Role
from lishui_center.common.clock import today
from services.centres.access import centres_managed_by
from services.centres.actions import remove_setting, save_setting
from services.lending.access import works_at
from services.lending.changing import misfits, preview_change
from services.lending.deciding import show_contact
from services.lending.finding import find_resources, week_of
from services.lending.flow import Task, change, preview_page
from services.lending.forms import ClosureForm, FindForm, HoursForm, ResourceForm, ShowForm
from services.lending.kinds import target_of
from services.lending.models import Use
from services.resources.access import (
    closures_from,
    get_for_staff,
    get_part,
    get_to_change,
    may_change,
)
from services.resources.actions import set_state
from services.resources.models import Resource, ResourceClosure, ResourceHours, State
from services.slots.grid import read_day

PAGE_SIZE = 50
SHOWN_USES = 10


@staff_required()
@require_safe
def resources(request: SignedInRequest) -> HttpResponse:
    """Every centre's resources: to share, not only to manage; with a day, those free then."""
    now = timezone.now()
    found = find_resources(request.GET.dict(), now=now)
    page = Paginator(found.resources, PAGE_SIZE).get_page(request.GET.get("page"))
    manages = centres_managed_by(request.user, today(now)).exists()
    context = {
        "form": FindForm(request.GET),
        "page": page,
        "wish": found.wish,
        "target": target_of(found.target),
        "enter_query": f"?{urlencode(found.entry)}" if found.entry else "",
        "may_add": manages,
    }
    return render(request, "services/staff/resources/list.html", context)


@staff_required()
@require_safe
def resource(request: SignedInRequest, code: str) -> HttpResponse:
    """One resource: what it is, when it can be used, what is to come."""
    return _resource_page(request, get_for_staff(code))


@staff_required(roles=STAFF_ROLES)
@require_POST
def contact(request: SignedInRequest, code: str) -> HttpResponse:
    """How the resource's people are reached: takes a reason and leaves a trace."""
    shown = get_for_staff(code)
    if not works_at(request.user, shown, today(timezone.now())):
        raise Http404
    form = ShowForm(request.POST)
    if not form.is_valid():
        return _resource_page(request, shown, form=form)
    words = show_contact(resource=shown, by=request.user, reason=form.cleaned_data["reason"])
    return _resource_page(request, shown, contact=words)


@staff_required(roles=STAFF_ROLES)
@require_safe
def week(request: SignedInRequest, code: str) -> HttpResponse:
    """The calendar of one resource, to look at and to print."""
    now = timezone.now()
    shown = get_for_staff(code)
    context = {
        "resource": shown,
        "week": week_of(shown, read_day(request.GET.get("week", "")), now=now),
        "today": today(now),
        "works_here": works_at(request.user, shown, today(now)),
    }
    return render(request, "services/staff/resources/week.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """A new resource."""
    form = _form(request, Resource())
    if request.method == "POST" and form.is_valid():
        save_setting(row=form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("staff:resource", form.instance.code)
    return _form_page(request, form, _("Add a resource"), reverse("staff:resources"))


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a resource; fewer pieces may take back uses, shown first."""
    shown = _mine(request, code)
    form = _form(request, shown)
    title, back_url = _("Change %(name)s") % {"name": shown.name}, _url(shown)
    if request.method == "POST" and form.is_valid():
        write = lambda: save_setting(row=form.instance, by=request.user)  # noqa: E731
        return change(request, Task(shown, write, title, back_url))
    return _form_page(request, form, title, back_url)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: SignedInRequest, code: str, to: str) -> HttpResponse:
    """Rest, retire or bring back a resource: first what it would touch, then the act."""
    shown = _mine(request, code)
    if to not in State.values:
        raise Http404
    wanted = State(to)
    task = Task(
        shown,
        lambda: set_state(resource=shown, state=wanted, by=request.user),
        f"{shown.name}: {wanted.label}",
        _url(shown),
    )
    if request.method == "POST":
        return change(request, task)
    now = timezone.now()
    effect = preview_change(resource_id=shown.pk, write=task.write, now=now)
    return preview_page(request, task, effect, now=now)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_part(request: SignedInRequest, code: str, part: str) -> HttpResponse:
    """Own weekly hours, or a stretch of time in which it cannot be used."""
    shown = _mine(request, code)
    data = request.POST or None
    row: ResourceHours | ResourceClosure
    form: HoursForm | ClosureForm
    if part == "hours":
        form, title = HoursForm(data, instance=ResourceHours(resource=shown)), _("Own hours")
    else:
        form, title = ClosureForm(data), _("Cannot be used")
    if request.method == "POST" and form.is_valid():
        row = form.instance if isinstance(form, HoursForm) else form.closure_of(shown)
        write = lambda: save_setting(row=row, by=request.user)  # noqa: E731
        return change(request, Task(shown, write, f"{title} · {shown.name}", _url(shown)))
    return _form_page(request, form, f"{title} · {shown.name}", _url(shown))


@staff_required(roles=MANAGER_ROLES)
@require_POST
def remove_part(request: SignedInRequest, code: str, part: str, pk: int) -> HttpResponse:
    """Take such a row away again."""
    shown = _mine(request, code)
    row = get_part(shown, part, pk)
    task = Task(
        shown,
        lambda: remove_setting(row=copy(row), by=request.user),  # A dry run uses its row up.
        f"{_('Remove')} {row} · {shown.name}",
        _url(shown),
    )
    return change(request, task)


def _mine(request: SignedInRequest, code: str) -> Resource:
    return get_to_change(request.user, code, today(timezone.now()))


def _url(shown: Resource) -> str:
    return reverse("staff:resource", args=[shown.code])


def _form(request: SignedInRequest, row: Resource) -> ResourceForm:
    day = today(timezone.now())
    is_town = any(grant.role == Role.TOWN_ADMIN for grant in grants_of(request.user, day))
    return ResourceForm(
        request.POST or None,
        instance=row,
        centres=centres_managed_by(request.user, day),
        town_too=is_town,
    )


def _form_page(
    request: SignedInRequest, form: ResourceForm | HoursForm | ClosureForm, title: str, back: str
) -> HttpResponse:
    context = {"form": form, "title": title, "back_url": back}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "services/staff/resources/form.html", context, status=status)


def _resource_page(
    request: SignedInRequest, shown: Resource, *, form: ShowForm | None = None, contact: str = ""
) -> HttpResponse:
    now: datetime = timezone.now()
    day = today(now)
    works_here = works_at(request.user, shown, day)
    coming = Use.objects.to_come(now).filter(resource=shown).for_list()
    context = {
        "resource": shown,
        "hours": shown.hours.all(),
        "closures": closures_from(shown, now),
        "works_here": works_here,
        "may_change": may_change(request.user, shown, day),
        "may_use": shown.state == State.AVAILABLE,
        "uses": coming[:SHOWN_USES] if works_here else [],
        "misfits": misfits(shown, now=now) if works_here else [],
        "show_form": form or ShowForm(),
        "contact": contact,
        "states": [choice for choice in State if choice != shown.state],
    }
    status = 422 if form else 200
    return render(request, "services/staff/resources/resource.html", context, status=status)
