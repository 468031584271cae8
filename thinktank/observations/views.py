"""Reading a report, and writing one's own."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from thinktank.experts.access import get_member_profile, get_own_profile, is_member
from thinktank.experts.forms import ReasonForm
from thinktank.observations import actions
from thinktank.observations.access import get_own, may_edit
from thinktank.observations.forms import InterestForm, ReportForm, initial_of
from thinktank.observations.models import Observation, ObservationState

PAGE_SIZE = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest) -> HttpResponse:
    """Begin a report."""
    now = timezone.now()
    get_member_profile(request.user, today(now))
    form = ReportForm(request.POST or None, initial={"observed_on": today(now)})
    if form.is_valid():
        try:
            draft = actions.save_draft(report=form.report(), by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft. Only you can see it."))
            return redirect("thinktank:draft", draft.pk)
    return _form_page(request, form, None)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with a draft; one that is no longer the person's to change is shown as it is."""
    now = timezone.now()
    observation = get_own(request.user, pk)
    if observation.state != ObservationState.DRAFT:
        return redirect("thinktank:observation", pk)
    form = ReportForm(request.POST or None, initial=initial_of(observation))
    if form.is_valid():
        try:
            actions.save_draft(
                report=form.report(), by=request.user, now=now, observation_id=observation.pk
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft. Only you can see it."))
            return redirect("thinktank:draft", pk)
    return _form_page(request, form, observation)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask before the figures are frozen, then hand the report in."""
    observation = get_own(request.user, pk)
    if request.method != "POST":
        context = {"observation": observation}
        return render(request, "thinktank/observations/submit.html", context)
    return _done(
        request,
        observation,
        lambda: actions.submit_observation(observation_id=pk, by=request.user, now=timezone.now()),
        _("Submitted. The town reads it and makes it public."),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one's own report back, with a reason."""
    observation = get_own(request.user, pk)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        context = {"observation": observation, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "thinktank/observations/withdraw.html", context, status=status)
    return _done(
        request,
        observation,
        lambda: actions.withdraw_observation(
            observation_id=pk, reason=form.cleaned_data["reason"], by=request.user
        ),
        _("The report is taken back."),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: SignedInRequest) -> HttpResponse:
    """What one declared an interest in, and a form for one more."""
    now = timezone.now()
    profile = get_own_profile(request.user)
    form = InterestForm(request.POST or None)
    if form.is_valid():
        try:
            actions.declare_interest(**form.cleaned_data, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Declared. It stands on your page and on the reports."))
            return redirect("thinktank:interests")
    page = Paginator(profile.interests.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    may_declare = is_member(request.user, today(now))
    context = {"form": form, "page": page, "may_declare": may_declare}
    status = 422 if form.is_bound else 200
    return render(request, "thinktank/observations/interests.html", context, status=status)


def _form_page(
    request: SignedInRequest, form: ReportForm, observation: Observation | None
) -> HttpResponse:
    day = today(timezone.now())
    context = {
        "form": form,
        "observation": observation,
        "may_edit": observation is None or may_edit(request.user, observation, day),
    }
    status = 422 if form.is_bound else 200
    return render(request, "thinktank/observations/write.html", context, status=status)


def _done(
    request: SignedInRequest, observation: Observation, act: Callable[[], object], word: str
) -> HttpResponse:
    try:
        act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, word)
    return redirect("thinktank:observation", observation.pk)
