"""One record as staff see it, and what they can do with it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import OFFICE_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.adjustments.access import get_correction
from volunteers.adjustments.actions import confirm_correction, propose_correction
from volunteers.disputes.access import get_dispute
from volunteers.disputes.actions import settle_dispute
from volunteers.disputes.models import Dispute, DisputeState
from volunteers.hours.access import vouches_for
from volunteers.hours.deciding import Decision, decide_hours
from volunteers.hours.models import AdjustmentState, HourAdjustment, HourEntry, HourState
from volunteers.office.forms import CorrectionForm
from volunteers.records.access import get_record
from volunteers.records.story import standing, story_of


@staff_required(roles=OFFICE_ROLES)
@require_safe
def record(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The record with its history; auditors and whoever is involved only read it."""
    now = timezone.now()
    entry = get_record(request.user, pk, today(now))
    dispute, correction, stands = _open_dispute(entry), _proposed(entry), standing(entry)
    may_act = vouches_for(request.user, entry.team, now) and entry.volunteer != request.user
    involved = (entry.entered_by_id, entry.decided_by_id, dispute and dispute.against_id)
    waits = entry.state == HourState.SUBMITTED and not entry.is_disputed
    context = {
        "entry": entry,
        "events": story_of(entry, request.user),
        "standing": stands,
        "dispute": dispute,
        "correction": correction,
        "may_decide": may_act and waits and entry.entered_by_id != request.user.pk,
        "may_settle": may_act and request.user.pk not in involved,
        "may_confirm": may_act and correction and correction.made_by_id != request.user.pk,
        "may_correct": may_act and _can_be_corrected(entry, stands) and not correction,
        "form": CorrectionForm(),
    }
    return render(request, "volunteers/office/record.html", context)


@staff_required(roles=STAFF_ROLES)
@require_POST
def decide(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Approve, ask or reject."""
    now = timezone.now()
    entry = get_record(request.user, pk, today(now))
    sent = request.POST.get("act")
    decision = Decision(sent) if sent in list(Decision) else Decision.ASK
    return _do(
        request,
        entry.pk,
        lambda: decide_hours(
            entry_id=entry.pk,
            decision=decision,
            by=request.user,
            now=now,
            reason=request.POST.get("reason", ""),
        ),
    )


@staff_required(roles=STAFF_ROLES)
@require_POST
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a dispute."""
    now = timezone.now()
    dispute = get_dispute(request.user, pk, today(now))
    return _do(
        request,
        dispute.entry_id,
        lambda: settle_dispute(
            dispute_id=dispute.pk,
            is_upheld=request.POST.get("act") == "uphold",
            answer=request.POST.get("reason", ""),
            by=request.user,
            now=now,
        ),
    )


@staff_required(roles=STAFF_ROLES)
@require_POST
def correct(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Propose a correction."""
    now = timezone.now()
    entry = get_record(request.user, pk, today(now))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give the minutes that are right, and a reason."))
        return redirect("hours:record", pk)
    given = form.cleaned_data
    return _do(
        request,
        entry.pk,
        lambda: propose_correction(
            entry_id=entry.pk,
            after=given["after"],
            reason=given["reason"],
            by=request.user,
            now=now,
        ),
    )


@staff_required(roles=STAFF_ROLES)
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm or refuse a correction."""
    now = timezone.now()
    correction = get_correction(request.user, pk, today(now))
    return _do(
        request,
        correction.entry_id,
        lambda: confirm_correction(
            adjustment_id=correction.pk,
            is_right=request.POST.get("act") == "confirm",
            by=request.user,
            now=now,
            reason=request.POST.get("reason", ""),
        ),
    )


def _do(request: SignedInRequest, pk: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The record shows it."))
    return redirect("hours:record", pk)


def _open_dispute(entry: HourEntry) -> Dispute | None:
    found = (row for row in entry.disputes.all() if row.state == DisputeState.OPEN)
    return next(found, None)


def _proposed(entry: HourEntry) -> HourAdjustment | None:
    found = (row for row in entry.adjustments.all() if row.state == AdjustmentState.PROPOSED)
    return next(found, None)


def _can_be_corrected(entry: HourEntry, stands: int) -> bool:
    return entry.state == HourState.APPROVED and stands > 0
