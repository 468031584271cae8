"""The public pages of the members, and a letter to print."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from thinktank.experts.access import (
    get_letter,
    get_listed,
    has_desk,
    is_in_office,
    members_listed,
)

PAGE_SIZE = 60


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody in office by field, then former members."""
    day = today(timezone.now())
    page = Paginator(members_listed(day), PAGE_SIZE).get_page(request.GET.get("page"))
    current = [expert for expert in page if is_in_office(expert)]
    former = [expert for expert in page if not is_in_office(expert)]
    fields = groupby(current, key=lambda expert: expert.get_field_display())
    context = {
        "page": page,
        "fields": [(label, list(found)) for label, found in fields],
        "former": former,
        "has_desk": has_desk(request.user),
    }
    return render(request, "thinktank/experts/list.html", context)


@require_safe
def member(request: HttpRequest, code: str) -> HttpResponse:
    """One member: field, term, what they published, where they declared an interest."""
    expert = get_listed(code, today(timezone.now()))
    context = {
        "expert": expert,
        "observations": expert.observations.published().for_list()[:PAGE_SIZE],
        "interests": expert.interests.all(),
    }
    return render(request, "thinktank/experts/member.html", context)


@never_cache
@login_required
@require_safe
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The letter of engagement, for the member and the town, as it is printed."""
    engagement = get_letter(request.user, pk, today(timezone.now()))
    return render(request, "thinktank/experts/letter.html", {"engagement": engagement})
