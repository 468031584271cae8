"""The suspended person's page, reached by the link in the message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.accounts.models import User
from lishui_center.common import htmx
from lishui_center.common.errors import RuleError
from services.standing import actions
from services.standing.access import get_suspension_by_link, link_token, suspensions_of
from services.standing.forms import AppealForm
from services.standing.story import story_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """What happened, until when, and the appeal."""
    suspension = get_suspension_by_link(token)
    now = timezone.now()
    form = AppealForm(request.POST or None)
    if form.is_valid():
        actor = request.user if isinstance(request.user, User) else None
        try:
            actions.appeal(
                suspension_id=suspension.pk, text=form.cleaned_data["text"], now=now, actor=actor
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We have your appeal and will tell you the decision."))
            return htmx.redirect(request, "standing:show", token)
    context = {
        "suspension": suspension,
        "events": story_of(suspension, now),
        "in_force": suspension.is_in_force(now),
        "may_appeal": suspension.may_appeal(now),
        "form": form,
    }
    return htmx.render(request, "services/standing/show.html", part="content", context=context)


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The latest pause of the signed-in person's booking, or that there is none."""
    latest = suspensions_of(request.user).first()
    if latest:
        return redirect("standing:show", link_token(latest))
    return render(request, "services/standing/none.html")
