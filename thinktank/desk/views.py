"""A member's own page: drafts, what was published, what was answered, meetings."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from thinktank.desk.access import advice_of, current_term, reports_of, terms_of
from thinktank.experts.access import get_own_profile
from thinktank.meetings.access import meetings_of

PAGE_SIZE = 20
FEW = 5


@never_cache
@login_required
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits for the member first; also open after the term, to read."""
    day = today(timezone.now())
    profile = get_own_profile(request.user)
    terms = terms_of(profile)
    page = Paginator(reports_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    advice = Paginator(advice_of(request.user), PAGE_SIZE).get_page(request.GET.get("advice"))
    context = {
        "expert": profile,
        "terms": terms,
        "term": current_term(terms, day),
        "page": page,
        "advice": advice,
        "meetings": meetings_of(request.user, day)[:FEW],
        "today": day,
    }
    return render(request, "thinktank/desk.html", context)
