"""A member's recommendation, their word on the answer, and whether it worked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_obstacle
from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.ratings.models import Score
from thinktank.experts.access import is_member
from thinktank.observations.access import get_own
from thinktank.recommendations import actions
from thinktank.recommendations.access import get_recommendation, get_to_verify
from thinktank.recommendations.forms import AdviceForm, FindingForm, MemberRatingForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: SignedInRequest, pk: int) -> HttpResponse:
    """A recommendation that follows from one's own published report."""
    observation = get_own(request.user, pk)
    form = AdviceForm(request.POST or None)
    if form.is_valid():
        try:
            advice = actions.recommend(
                observation_id=pk, advice=form.advice(), by=request.user, now=timezone.now()
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent to whoever is to answer it."))
            return redirect("thinktank:recommendation", advice.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "observation": observation}
    return render(request, "thinktank/recommendations/recommend.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the member who recommended it thinks of the answer."""
    now = timezone.now()
    advice = get_recommendation(request.user, pk, today(now))
    if advice.author_id != request.user.pk:
        raise Http404
    form = MemberRatingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.rate_response(
                recommendation_id=pk,
                score=Score(form.cleaned_data["score"]),
                note=form.cleaned_data["note"],
                by=request.user,
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you for your rating."))
            return redirect("thinktank:recommendation", pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "advice": advice}
    return render(request, "thinktank/recommendations/rate.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """A figure before and after, by somebody independent.

    Administrators come as staff do, with two factors; members sign in as everybody does.
    """
    now = timezone.now()
    if not is_member(request.user, today(now)):
        obstacle = staff_obstacle(request, frozenset({Role.TOWN_ADMIN}))
        if obstacle:
            return obstacle  # type: ignore[return-value]  # a redirect
    advice = get_to_verify(request.user, pk, today(now))
    form = FindingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.verify_effect(
                recommendation_id=pk, finding=form.finding(), by=request.user, now=now
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("thinktank:recommendation", pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "advice": advice}
    return render(request, "thinktank/recommendations/verify.html", context, status=status)
