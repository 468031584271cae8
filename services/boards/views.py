"""The call board: public, and never more than numbers and masked names."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.common import htmx
from services.boards.access import board_of
from services.halls.access import get_hall, hall_state


@never_cache
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """The board of `?pools=A,B`, or of all; 204 while nothing changed since `seen`."""
    centre = get_hall(code)
    seen = request.GET.get("seen", "")
    if seen and seen == hall_state(centre.pk, timezone.now()):
        return HttpResponse(status=204)
    letters = [letter for letter in request.GET.get("pools", "").upper().split(",") if letter]
    shown = board_of(centre, letters, now=timezone.now())
    context = {"board": shown, "letters": ",".join(letters), "centre": centre}
    return htmx.render(request, "services/boards/board.html", part="calls", context=context)
