"""Access keys for programs: on one's own account, beside signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from knox.models import AuthToken

from lishui_center.accounts.access import SignedInRequest
from lishui_center.api.tokens.actions import make_token, remove_token
from lishui_center.common.errors import RuleError


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """The keys there are; a POST makes one more and shows it this once."""
    now, made = timezone.now(), ""
    if request.method == "POST":
        try:
            made = make_token(user=request.user, now=now)
        except RuleError as refusal:
            messages.error(request, str(refusal))
    found = AuthToken.objects.filter(user=request.user, expiry__gt=now).order_by("created")
    return render(request, "api/tokens.html", {"tokens": found, "made": made})


@login_required
@require_POST
def remove(request: SignedInRequest) -> HttpResponse:
    """One key less."""
    remove_token(user=request.user, key=request.POST.get("key", ""))
    messages.success(request, _("The access key is removed; it does not work any more."))
    return redirect("tokens:tokens")
