"""A volunteer's own stars, and the switch for being named in the teams' lists."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest
from volunteers.boards.access import consent_of
from volunteers.boards.actions import give_consent, withdraw_consent
from volunteers.hours.access import totals_of
from volunteers.recognition.access import own_awards


@never_cache
@login_required
@require_safe
def my_stars(request: SignedInRequest) -> HttpResponse:
    """How far the next star is, where the others stand, and what one has agreed to."""
    context = {
        "totals": totals_of(request.user),
        "awards": own_awards(request.user),
        "consent": consent_of(request.user),
    }
    return render(request, "volunteers/recognition/mine.html", context)


@login_required
@require_POST
def name_me(request: SignedInRequest) -> HttpResponse:
    """Switch one's name in the teams' lists on or off."""
    now = timezone.now()
    if request.POST.get("named") == "yes":
        give_consent(user=request.user, now=now)
        messages.success(request, _("The members of your teams now see your name and hours."))
    else:
        withdraw_consent(user=request.user, now=now)
        messages.success(request, _("Your name is no longer in the lists."))
    return redirect("volunteers:stars")
