"""A meeting as the members who took part read it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from thinktank.meetings.access import get_meeting


@never_cache
@login_required
@require_safe
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agenda, minutes and decisions."""
    day = today(timezone.now())
    found = get_meeting(request.user, pk, day)
    return render(request, "thinktank/meetings/meeting.html", {"meeting": found, "today": day})
