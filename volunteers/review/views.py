"""The second look: records drawn by lot, patterns, and what the nightly comparison found."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, Role
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.reconciliation.access import latest
from volunteers.review.access import (
    entries_reviewed_by,
    get_sample,
    samples_seen_by,
    samples_to_check,
)
from volunteers.review.actions import check_sample, dismiss_anomaly
from volunteers.review.anomalies import open_anomalies
from volunteers.review.forms import CheckForm, DismissForm

PAGE_SIZE = 50
SHOWN = 30
READERS = MANAGER_ROLES | {Role.AUDITOR}


@staff_required(roles=READERS)
@require_safe
def audit(request: SignedInRequest) -> HttpResponse:
    """Patterns first, then what was drawn; auditors only read."""
    now = timezone.now()
    day = today(now)
    page = Paginator(samples_seen_by(request.user, day), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    anomalies = open_anomalies(entries_reviewed_by(request.user, day), now)
    keys = [sample.pk for sample in page]
    checkable = samples_to_check(request.user, day).filter(pk__in=keys)
    context = {
        "page": page,
        "checkable": set(checkable.values_list("pk", flat=True)),
        "anomalies": anomalies[:SHOWN],
        "more": len(anomalies) - SHOWN,
        "manages": _manages(request),
        "reconciliation": latest(),
    }
    return render(request, "volunteers/review/audit.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether a drawn record is true."""
    now = timezone.now()
    sample = get_sample(request.user, pk, today(now))
    is_doubt = request.POST.get("act") == "doubt"
    form = CheckForm(request.POST or None, is_doubt=is_doubt)
    if form.is_valid():
        given = form.cleaned_data
        try:
            check_sample(
                sample_id=sample.pk,
                after=given["after"] if is_doubt else None,
                remark=given["remark"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("hours:audit")
    status = 422 if form.is_bound else 200
    context = {"sample": sample, "entry": sample.entry, "form": form}
    return render(request, "volunteers/review/check.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Note why a pattern is in order."""
    now = timezone.now()
    seen = open_anomalies(entries_reviewed_by(request.user, today(now)), now)
    anomaly = next((row for row in seen if (row.kind, row.key) == (kind, key)), None)
    if anomaly is None:
        raise Http404
    form = DismissForm(request.POST or None)
    if form.is_valid():
        try:
            dismiss_anomaly(
                anomaly=anomaly, reason=form.cleaned_data["reason"], by=request.user, now=now
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("hours:audit")
    status = 422 if form.is_bound else 200
    context = {"anomaly": anomaly, "form": form}
    return render(request, "volunteers/review/dismiss.html", context, status=status)


def _manages(request: SignedInRequest) -> bool:
    grants = request.user.grants_on(today(timezone.now()))
    return any(grant.role in MANAGER_ROLES for grant in grants)
