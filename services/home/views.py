"""The front page: is it open, what are you looking for, where to go."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.common import htmx
from lishui_center.common.search import searched_for
from services.catalogue.access import search_items
from services.centres.chosen import chosen_centre, remember_centre
from services.hours.access import days_of, door_sign


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The state of the person's centre, a search of services, and the entries."""
    centre = chosen_centre(request)
    days = days_of(centre, now=timezone.now())
    search = searched_for(request)
    context = {
        "centre": centre,
        "days": days[:2],
        "sign": door_sign(days) if days else None,
        "search": search,
        "found": search_items(search) if search else [],
    }
    response = htmx.render(request, "services/home/home.html", part="found", context=context)
    remember_centre(request, response, centre)
    return response
