"""A volunteer's own record: what happened to it, and what the volunteer can do now."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from volunteers.disputes.access import may_dispute
from volunteers.disputes.actions import dispute_hours
from volunteers.hours.deciding import WAITING, answer_question, withdraw_hours
from volunteers.hours.forms import WordsForm
from volunteers.hours.models import HourEntry, HourState
from volunteers.records.access import get_own_record
from volunteers.records.story import standing, story_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hour_record(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The record with its history; answer a question, dispute it, or take it back."""
    entry, now = get_own_record(request.user, pk), timezone.now()
    act = request.POST.get("act", "")
    bound = request.POST if request.method == "POST" else None
    form = WordsForm(bound)
    is_valid = form.is_valid()
    if bound and (is_valid or act == "withdraw"):
        try:
            said = _act(request, entry, act, form.cleaned_data.get("text", ""))
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return redirect("volunteers:hour-record", pk)
    context = {
        "entry": entry,
        "events": story_of(entry, request.user),
        "standing": standing(entry),
        "asks": entry.state == HourState.NEEDS_INFO,
        "may_withdraw": entry.state in WAITING and not entry.entered_by_id,
        "may_dispute": may_dispute(entry, now),
        "form": form,
    }
    status = 422 if bound else 200
    return render(request, "volunteers/records/own.html", context, status=status)


def _act(request: SignedInRequest, entry: HourEntry, act: str, text: str) -> str:
    now = timezone.now()
    if act == "withdraw":
        withdraw_hours(entry_id=entry.pk, by=request.user, now=now)
        return _("Taken back. You can enter that time again.")
    if act == "dispute":
        dispute_hours(entry_id=entry.pk, text=text, by=request.user, now=now)
        return _("Sent. The centre's staff answer you.")
    answer_question(entry_id=entry.pk, text=text, by=request.user, now=now)
    return _("Sent. The record waits for a decision again.")
