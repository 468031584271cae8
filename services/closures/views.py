"""Closing centres at short notice, in three clicks, and watching it through."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.centres.access import centres_managed_by
from services.closures.access import closures_of_staff
from services.closures.actions import close_centres, settle_closure
from services.closures.forms import ClosingForm
from services.opening.actions import preview_change
from services.opening.errors import StalePreviewError
from services.opening.flow import Task, preview_page
from services.orphans.forms import DecisionForm
from services.orphans.rules import Decision

AT_ONCE = 20
"""Bookings decided on before the page answers; the worker does the rest."""


@staff_required(roles=MANAGER_ROLES)
def close(request: SignedInRequest) -> HttpResponse:
    """Where, when and why; then the preview; then the act."""
    now = timezone.now()
    centres = centres_managed_by(request.user, today(now)).bookable()
    chosen = centres.filter(code=request.GET.get("centre", ""))
    initial = {"scope": "some", "centres": chosen} if chosen else {}
    form = ClosingForm(request.POST or None, centres=centres, today=today(now), initial=initial)
    step = request.POST.get("step", "")
    decision = DecisionForm(request.POST if step == "apply" else None)
    if step == "edit" or not form.is_valid():
        return _form_page(request, form)
    try:
        if step == "apply" and decision.is_valid():
            return _close(request, form, decision.cleaned_data["decision"])
        effect, stale = preview_change(change=form.order().change(request.user), now=now), ""
    except StalePreviewError as refusal:
        effect, stale = refusal.effect, str(refusal)
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form)
    return preview_page(
        request,
        effect,
        Task(_("Close centres at short notice"), reverse("staff:centres")),
        stale=stale,
        decision=decision if effect.orphans or effect.earlier else None,
        several_centres=True,
    )


@staff_required(roles=MANAGER_ROLES)
@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the bookings of a closing are decided on; asks again by itself until done."""
    closure = get_object_or_404(closures_of_staff(request.user, today(timezone.now())), pk=pk)
    context = {"closure": closure, "centres": closure.centres.all()}
    template = "services/staff/closures/progress.html"
    return htmx.render(request, template, part="progress", context=context)


def _form_page(request: SignedInRequest, form: ClosingForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "services/staff/closures/close.html", {"form": form}, status=status)


def _close(request: SignedInRequest, form: ClosingForm, decision: Decision) -> HttpResponse:
    now = timezone.now()
    closure = close_centres(
        order=form.order(),
        decision=decision,
        expected=request.POST.get("expected", ""),
        by=request.user,
        now=now,
    )
    settle_closure(closure=closure, limit=AT_ONCE, now=now)
    return redirect("staff:closure", closure.pk)
