"""The page that asks before a step, the same for leads and for staff."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.projects.forms import StepForm
from volunteers.projects.models import Project
from volunteers.projects.rules import Act
from volunteers.projects.steps import take_step
from volunteers.projects.story import offers_to


def step_page(request: SignedInRequest, project: Project, name: str, *, back: str) -> HttpResponse:
    """Ask, with a reason where one is wanted, then do it; `back` is the project's page.

    Raises:
        Http404: there is no such act, or it is not the reader's now.
    """
    act, now = _act(name), timezone.now()
    back_url = reverse(back, args=[project.code])
    form = StepForm(request.POST or None, initial={"seen": project.version}, act=act)
    if form.is_valid():
        try:
            take_step(
                project_id=project.pk,
                act=act,
                seen=form.cleaned_data["seen"],
                by=request.user,
                now=now,
                reason=form.cleaned_data.get("reason", ""),
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. The people concerned are told."))
            return redirect(back_url)
    offers = offers_to(request.user, project, today(now))
    offer = next((offer for offer in offers if offer.act == act), None)
    if offer is None and not form.is_bound:
        raise Http404
    context = {
        "project": project,
        "act": act,
        "offer": offer,
        "form": form,
        "back_url": back_url,
        "act_class": "btn-danger" if act in (Act.CANCEL, Act.RETURN, Act.REOPEN) else "btn-primary",
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/projects/step.html", context, status=status)


def _act(name: str) -> Act:
    try:
        return Act(name)
    except ValueError:
        raise Http404 from None
