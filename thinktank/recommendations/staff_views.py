"""Recommendations for those who answer them: managers for their centre, the town for all."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from thinktank.recommendations import actions
from thinktank.recommendations.access import get_owned, narrowed, to_answer
from thinktank.recommendations.export import READERS
from thinktank.recommendations.forms import AnswerForm, StateForm

PAGE_SIZE = 30


@staff_required(roles=READERS)
@require_safe
def recommendations(request: SignedInRequest) -> HttpResponse:
    """What waits for an answer, the earliest due first; by choice the others too."""
    day = today(timezone.now())
    form = StateForm({"show": "waiting", **request.GET.dict()})
    found = narrowed(to_answer(request.user, day), form.chosen(), day)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": day}
    return render(request, "thinktank/staff/recommendations.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The owner's one answer."""
    now = timezone.now()
    advice = get_owned(request.user, pk, today(now))
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.respond(recommendation_id=pk, answer=form.answer(), by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered. The member is told."))
            return redirect("thinktank:recommendation", pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "advice": advice}
    return render(request, "thinktank/staff/answer.html", context, status=status)
