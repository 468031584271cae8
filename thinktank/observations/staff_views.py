"""What the town does with a report: publish, return, take back, hand over."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import TRAIL_READERS, Role
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from thinktank.experts.forms import ReasonForm
from thinktank.observations import actions
from thinktank.observations.access import for_office, get_for_office, takers_of
from thinktank.observations.forms import HandOverForm

TOWN = frozenset({Role.TOWN_ADMIN})
PAGE_SIZE = 30


@staff_required(roles=TRAIL_READERS)
@require_safe
def observations(request: SignedInRequest) -> HttpResponse:
    """Reports that wait for the town, and drafts that nobody can finish."""
    day = today(timezone.now())
    page = Paginator(for_office(request.user, day), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "is_admin": request.user.is_town_admin(day)}
    return render(request, "thinktank/staff/observations.html", context)


@staff_required(roles=TOWN)
@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a report public."""
    now = timezone.now()
    get_for_office(request.user, pk, today(now))
    return _done(
        request,
        pk,
        lambda: actions.publish_observation(observation_id=pk, by=request.user, now=now),
        _("The report is public."),
    )


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return a report to its author with a reason."""
    now = timezone.now()
    return _with_reason(
        request,
        pk,
        lambda reason: actions.return_observation(
            observation_id=pk, reason=reason, by=request.user, now=now
        ),
        (_("Return this report?"), _("Return it"), _("The report is returned to its author.")),
    )


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a report back for the town, with a reason."""
    return _with_reason(
        request,
        pk,
        lambda reason: actions.withdraw_observation(
            observation_id=pk, reason=reason, by=request.user
        ),
        (_("Take this report back?"), _("Take it back"), _("The report is taken back.")),
    )


@staff_required(roles=TOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a draft to another member once its author's term is over."""
    now = timezone.now()
    observation = get_for_office(request.user, pk, today(now))
    takers = takers_of(observation, today(now))
    form = HandOverForm(request.POST or None, takers=takers)
    if not form.is_valid():
        context = {"observation": observation, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "thinktank/staff/hand_over.html", context, status=status)
    to_id = int(form.cleaned_data["to"])
    try:
        actions.hand_over(observation_id=pk, to_id=to_id, by=request.user, now=now)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is handed over."))
    return redirect("thinktank-staff:observations")


def _with_reason(
    request: SignedInRequest,
    pk: int,
    act: Callable[[str], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """A page that asks for the reason; `words` are its question, its button, and what was done."""
    observation = get_for_office(request.user, pk, today(timezone.now()))
    question, button, done = words
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        context = {
            "observation": observation,
            "form": form,
            "question": question,
            "button": button,
        }
        status = 422 if form.is_bound else 200
        return render(request, "thinktank/staff/reason.html", context, status=status)
    return _done(request, pk, lambda: act(form.cleaned_data["reason"]), done)


def _done(request: SignedInRequest, pk: int, act: Callable[[], object], word: str) -> HttpResponse:
    try:
        act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, word)
    return redirect("thinktank:observation", pk)
