"""Changing a resource in one step, or in two where uses would be taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from services.lending.changing import Effect, Write, apply_change
from services.lending.errors import ReasonNeededError, StaleEffectError
from services.lending.forms import ReasonForm
from services.lending.free import others_for
from services.resources.models import Resource

STEPS = {"expected", "reason", "csrfmiddlewaretoken"}
SHOWN_OTHERS = 20
"""Uses for which the preview looks for something else; more would take too long."""


@dataclass(frozen=True)
class Task:
    """What is being changed, by whom it is shown afterwards."""

    resource: Resource
    write: Write
    title: str
    back_url: str


def change(request: SignedInRequest, task: Task) -> HttpResponse:
    """Make the change; where it touches uses, show them first and ask for a reason.

    Raises:
        RuleError: what the change's own rules refuse.
    """
    now = timezone.now()
    try:
        apply_change(
            resource_id=task.resource.pk,
            write=task.write,
            expected=request.POST.get("expected") or Effect(()).fingerprint,
            reason=request.POST.get("reason", ""),
            by=request.user,
            now=now,
        )
    except (StaleEffectError, ReasonNeededError) as refusal:
        told = refusal if "expected" in request.POST else None
        return preview_page(request, task, refusal.effect, now=now, refusal=told)
    messages.success(request, _("Saved."))
    return redirect(task.back_url)


def preview_page(
    request: SignedInRequest,
    task: Task,
    effect: Effect,
    *,
    now: datetime,
    refusal: RuleError | None = None,
) -> HttpResponse:
    """Which uses would be taken back, and what else each could have."""
    rows = [
        (use, others_for(use, now=now) if number < SHOWN_OTHERS else [])
        for number, use in enumerate(effect.touched)
    ]
    context = {
        "task": task,
        "effect": effect,
        "rows": rows,
        "refusal": refusal,
        "form": ReasonForm(initial={"reason": request.POST.get("reason", "")}),
        "carried": [
            (name, str(value))
            for name, values in request.POST.lists()
            if name not in STEPS
            for value in values
        ],
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "services/staff/resources/preview.html", context, status=status)
