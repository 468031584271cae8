"""Uses for staff: to decide, to look up, to enter, to take back; and what residents may ask for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.bookings.visitors import make_visitor
from services.centres.access import get_centre_to_manage
from services.centres.actions import save_setting
from services.lending.access import (
    get_use_for_staff,
    get_use_to_decide,
    is_own,
    policy_of,
    uses_decided_by,
    uses_on_list,
)
from services.lending.actions import Wanted, enter_use
from services.lending.deciding import (
    cancel_use,
    confirm_use,
    refuse_use,
    show_holder,
    withdraw_use,
)
from services.lending.forms import EnterForm, PolicyForm, ReasonForm, ShowForm, UsesForm
from services.lending.kinds import targets_of
from services.lending.models import ForKind, Use, UseState
from services.resources.access import get_for_staff
from services.resources.models import Resource

PAGE_SIZE = 50


@staff_required(roles=STAFF_ROLES)
@require_safe
def uses(request: SignedInRequest) -> HttpResponse:
    """What is to be decided, what comes, what was."""
    now = timezone.now()
    form = UsesForm({"show": "decide", **request.GET.dict()})
    found = uses_on_list(request.user, form.wanted(), now)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    targets = targets_of(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [(use, targets.get(use.pk)) for use in page],
    }
    return render(request, "services/staff/uses/list.html", context)


@staff_required(roles=STAFF_ROLES)
@require_safe
def use(request: SignedInRequest, reference: str) -> HttpResponse:
    """One use, and what can be done with it."""
    shown = get_use_for_staff(request.user, reference, today(timezone.now()))
    return _use_page(request, shown)


@staff_required(roles=STAFF_ROLES)
@require_POST
def decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """Agree, refuse or take back, as the button says."""
    now = timezone.now()
    shown = get_use_to_decide(request.user, reference, today(now))
    by, act, reason = request.user, request.POST.get("act"), request.POST.get("reason", "")
    try:
        if act == "confirm":
            confirm_use(use_id=shown.pk, by=by, now=now)
        elif act == "refuse":
            refuse_use(use_id=shown.pk, reason=reason, by=by, now=now)
        else:
            withdraw_use(use_id=shown.pk, reason=reason, by=by, now=now)
    except RuleError as refusal:
        form = ReasonForm(request.POST)
        form.is_valid()
        form.add_error(None, str(refusal))
        return _use_page(request, shown, form=form)
    messages.success(request, _("Saved. The person is told."))
    return redirect("staff:use", shown.reference)


@staff_required(roles=STAFF_ROLES)
@require_POST
def give_up(request: SignedInRequest, reference: str) -> HttpResponse:
    """Cancel what one entered oneself."""
    now = timezone.now()
    shown = get_use_for_staff(request.user, reference, today(now))
    try:
        if shown.entered_by_id == request.user.pk:
            cancel_use(use_id=shown.pk, actor=request.user, now=now)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    return redirect("staff:use", shown.reference)


@staff_required(roles=STAFF_ROLES)
@require_POST
def phone(request: SignedInRequest, reference: str) -> HttpResponse:
    """The number of whoever asked: takes a reason and leaves a trace."""
    shown = get_use_to_decide(request.user, reference, today(timezone.now()))
    form = ShowForm(request.POST)
    if not form.is_valid():
        return _use_page(request, shown, show_form=form)
    number = show_holder(use=shown, by=request.user, reason=form.cleaned_data["reason"])
    return _use_page(request, shown, phone=number)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SignedInRequest, code: str) -> HttpResponse:
    """Use a resource for a need, a project, an activity, the centre's own work or a resident."""
    resource = get_for_staff(code)
    given = {name: request.GET[name] for name in request.GET if name in EnterForm.base_fields}
    form = EnterForm(request.POST or None, resource=resource, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_use(wanted=_wanted(form, resource), by=request.user, now=timezone.now())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            is_asked = made.state == UseState.ASKED
            said = _("Asked for. A colleague decides.") if is_asked else _("It is kept.")
            messages.success(request, said)
            return redirect("staff:use", made.reference)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "resource": resource}
    return render(request, "services/staff/uses/enter.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: SignedInRequest, code: str) -> HttpResponse:
    """What residents may ask for at one centre."""
    centre = get_centre_to_manage(request.user, code, today(timezone.now()))
    form = PolicyForm(request.POST or None, instance=policy_of(centre))
    if request.method == "POST" and form.is_valid():
        save_setting(row=form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("staff:resources")
    status = 422 if form.is_bound and form.errors else 200
    context = {
        "form": form,
        "title": f"{_('Rules of lending')} · {centre.short_name}",
        "back_url": "..",
    }
    return render(request, "services/staff/resources/form.html", context, status=status)


def _wanted(form: EnterForm, resource: Resource) -> Wanted:
    given = form.cleaned_data
    visitor = None
    if given["phone"]:
        visitor = make_visitor(name=given["name"], phone=given["phone"], language="zh-hans")
    return Wanted(
        resource=resource,
        starts_at=given["starts_at"],
        ends_at=given["ends_at"],
        purpose=given["purpose"],
        units=given.get("units") or 1,
        people=given.get("people"),
        visitor=visitor,
        for_kind=ForKind(given["for_kind"]),
        for_code=given["for_code"],
    )


def _use_page(
    request: SignedInRequest,
    shown: Use,
    *,
    form: ReasonForm | None = None,
    show_form: ShowForm | None = None,
    phone: str = "",
) -> HttpResponse:
    now = timezone.now()
    may_decide = uses_decided_by(request.user, today(now)).filter(pk=shown.pk).exists()
    context = {
        "use": shown,
        "target": targets_of([shown]).get(shown.pk),
        "may_decide": may_decide,
        "is_own": is_own(request.user, shown),
        "entered_it": shown.entered_by_id == request.user.pk,
        "is_ahead": shown.is_open and shown.starts_at > now,
        "form": form or ReasonForm(),
        "show_form": show_form or ShowForm(),
        "phone": phone,
    }
    status = 422 if form or show_form else 200
    return render(request, "services/staff/uses/use.html", context, status=status)
