"""The centres: where they are, when they are open, what they handle."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.common import htmx
from lishui_center.common.search import searched_for
from services.catalogue.access import offers_at
from services.centres.models import Centre
from services.hours.access import days_of, door_sign, keeper_of, signs_of

PAGE_SIZE = 20


@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """All centres and stations, each with its state of this moment; searched by name or address."""
    search = searched_for(request)
    found = Centre.objects.active().matching(search).select_related("parent")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    signs = signs_of(page.object_list, now=timezone.now())
    context = {
        "page": page,
        "rows": [
            {"tier": centre.get_tier_display(), "centre": centre, "sign": signs.get(centre.pk)}
            for centre in page
        ],
        "search": search,
    }
    return htmx.render(request, "services/centres/list.html", part="found", context=context)


@require_safe
def centre(request: HttpRequest, code: str) -> HttpResponse:
    """One centre: its state, the hours of two weeks, its services; a station's are its parent's."""
    shown = get_object_or_404(Centre.objects.active().select_related("parent"), code=code)
    keeper = keeper_of(shown)
    days = days_of(shown, now=timezone.now())
    context = {
        "centre": shown,
        "keeper": keeper,
        "days": days,
        "sign": door_sign(days) if days else None,
        "offers": sorted(offers_at(keeper), key=lambda offer: offer.pool.code),
        "stations": shown.children.active(),
    }
    return render(request, "services/centres/centre.html", context)
