"""The pages of one's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lishui_center.accounts import actions, privacy
from lishui_center.accounts.access import SignedInRequest, roles_of
from lishui_center.accounts.forms import ProfileForm
from lishui_center.accounts.rules import GRACE, MANAGER_ROLES, OFFICE_ROLES, TRAIL_READERS, Role
from lishui_center.audit.actions import record
from lishui_center.common import clock, htmx
from lishui_center.common.errors import RuleError


@never_cache
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """Everything about the account on one page; saves the name and the language."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        actions.change_profile(user=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return htmx.redirect(request, "accounts:home")
    user = request.user
    roles = roles_of(user, clock.today(timezone.now()))
    context = {
        "form": form,
        "has_authenticator": is_mfa_enabled(user),
        "is_staff": roles & OFFICE_ROLES,
        "gives_roles": roles & MANAGER_ROLES,
        "reads_trail": roles & TRAIL_READERS,
        "is_expert": Role.EXPERT in roles,
        "erased_on": clock.today(user.closed_at + GRACE) if user.closed_at else None,
        "grace_days": GRACE.days,
    }
    return htmx.render(request, "accounts/home.html", part="profile", context=context)


@login_required
@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    """Sign out on all other devices."""
    actions.end_sessions(user=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out on all other devices."))
    return htmx.redirect(request, "accounts:home")


@login_required
@require_GET
def export(request: SignedInRequest) -> HttpResponse:
    """All that we hold about the person, as a file."""
    record(request.user, "account.exported", request.user)
    content = privacy.export_all(request.user, now=timezone.now())
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="lishui-my-data.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def close(request: SignedInRequest) -> HttpResponse:
    """Close the account; it can be undone for 30 days."""
    try:
        actions.close_account(user=request.user, now=timezone.now())
    except RuleError as refusal:
        messages.error(request, str(refusal))
    return htmx.redirect(request, "accounts:home")


@login_required
@require_POST
def reopen(request: SignedInRequest) -> HttpResponse:
    """Undo the closing."""
    actions.reopen_account(user=request.user)
    messages.success(request, _("Your account stays."))
    return htmx.redirect(request, "accounts:home")
