"""The two steps of every change of the opening: a form, its preview, then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from services.opening.actions import Change, Effect, apply_change, preview_change
from services.opening.errors import StalePreviewError
from services.opening.rules import preview_rows
from services.orphans.access import orphan_bookings

SHOWN_ORPHANS = 50
STEPS = {"step", "expected", "decision", "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Task:
    """What is being changed, and where it is shown afterwards."""

    title: str
    back_url: str
    is_removal: bool = False


def two_steps(
    request: SignedInRequest, *, form: Any, change: Callable[[], Change], task: Task
) -> HttpResponse:
    """Answer one request of the two steps; `change` is asked for once the form is valid.

    The preview carries the form's fields and the fingerprint of what it showed.
    """
    now = timezone.now()
    step = request.POST.get("step", "")
    if step == "edit" or not form.is_valid():
        return _form_page(request, form, task)
    try:
        if step == "apply":
            expected = request.POST.get("expected", "")
            return _applied(
                request, apply_change(change=change(), expected=expected, now=now), task
            )
        return preview_page(request, preview_change(change=change(), now=now), task)
    except StalePreviewError as refusal:
        return preview_page(request, refusal.effect, task, stale=str(refusal))
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, task)


def preview_page(
    request: SignedInRequest, effect: Effect, task: Task, *, stale: str = "", **more: object
) -> HttpResponse:
    """What the change does: each day before and after, and the bookings it orphans."""
    shown = {day.date for day in effect.days}
    later = {change.date for change in effect.changes if change.date not in shown}
    context = {
        "task": task,
        "effect": effect,
        "rows": preview_rows(effect.days),
        "later": sorted(later),
        "orphans": orphan_bookings(effect.orphans[:SHOWN_ORPHANS]),
        "unshown": max(0, len(effect.orphans) - SHOWN_ORPHANS),
        "carried": _carried(request),
        "stale": stale,
        "decision": None,
        "several_centres": False,
        **more,
    }
    status = 409 if stale else 200
    return render(request, "services/staff/opening/preview.html", context, status=status)


def _carried(request: SignedInRequest) -> list[tuple[str, str]]:
    """The form's fields, to be sent once more with the next step."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in STEPS
        for value in values
    ]


def _form_page(request: SignedInRequest, form: Any, task: Task) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "task": task}
    return render(request, "services/staff/opening/form.html", context, status=status)


def _applied(request: SignedInRequest, effect: Effect, task: Task) -> HttpResponse:
    messages.success(request, _("Saved."))
    if not (effect.orphans or effect.earlier):
        return redirect(task.back_url)
    messages.warning(request, _("Please decide on the bookings that are left without a window."))
    return redirect(reverse("staff:orphans"))
