"""Saying whether a need is solved: by the link of a message, or by phone to the staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.requests.access import get_follower_by_link, get_need_for_staff
from services.resolution.actions import ANSWERABLE, give_feedback, write_down_call
from services.resolution.forms import YES, CallForm, OpinionForm
from services.tracking.messages import track_path


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Solved or not, and how satisfied: for whoever has the link."""
    follower = get_follower_by_link(reference, request.GET.get("t", ""))
    form = OpinionForm(request.POST or None, initial={"solved": request.GET.get("solved", "")})
    if form.is_valid():
        try:
            give_feedback(follower_id=follower.pk, opinion=form.opinion(), now=timezone.now())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _thanks(form))
            return redirect(track_path(follower))
    need = follower.request.merged_into or follower.request
    context = {
        "follower": follower,
        "need": need,
        "form": form,
        "is_open_to_answers": need.state in ANSWERABLE,
        "back_url": track_path(follower),
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/needs/feedback.html", context, status=status)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: SignedInRequest, reference: str) -> HttpResponse:
    """What the person said when called: written down by staff, and marked so."""
    need = get_need_for_staff(request.user, reference, today(timezone.now()))
    form = CallForm(request.POST or None)
    if form.is_valid():
        try:
            write_down_call(
                need_id=need.pk, opinion=form.opinion(), actor=request.user, now=timezone.now()
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:need", need.reference)
    status = 422 if form.is_bound else 200
    return render(
        request, "services/staff/needs/call.html", {"need": need, "form": form}, status=status
    )


def _thanks(form: OpinionForm) -> str:
    if form.cleaned_data["solved"] == YES:
        return _("Thank you for telling us.")
    return _("Thank you for telling us. We look at it again.")
