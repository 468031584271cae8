"""The service guide: what can be done, what it takes, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lishui_center.common import htmx
from lishui_center.common.search import searched_for
from services.catalogue.access import (
    centres_for,
    documents_of,
    get_item,
    search_items,
)
from services.centres.chosen import chosen_centre


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The whole catalogue by category, or what matches the search."""
    search = searched_for(request)
    context = {"items": search_items(search), "search": search}
    return htmx.render(request, "services/catalogue/guide.html", part="found", context=context)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One service: what to bring, how long it takes, where it is done."""
    shown = get_item(code)
    centres = centres_for([shown.code])
    mine = chosen_centre(request)
    context = {
        "item": shown,
        "documents": documents_of([shown]),
        "centres": centres,
        "centre": mine if mine in centres else next(iter(centres), None),
    }
    return render(request, "services/catalogue/item.html", context)
