"""A step that was posted from a need's page, whoever's page it is."""

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from services.dispatching.actions import take_step
from services.dispatching.forms import form_of
from services.requests.models import ServiceRequest
from services.requests.rules import Act


def refused_step(request: SignedInRequest, need: ServiceRequest, act: Act) -> forms.Form | None:
    """Take the step; the form with its errors where that was refused, else nothing."""
    form = form_of(act, need, request.POST)
    if not form.is_valid():
        return form
    try:
        take_step(
            need_id=need.pk,
            act=act,
            actor=request.user,
            given=form.details(),
            version=form.cleaned_data["version"],
            now=timezone.now(),
        )
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return form
    messages.success(request, _("Saved."))
    return None
