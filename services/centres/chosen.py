"""The centre a person means: the one in the address, the one chosen before, or the town's."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from services.centres.models import Centre, Tier

COOKIE = "centre"


def chosen_centre(request: HttpRequest) -> Centre:
    """The centre of `?centre=`, else the remembered one, else the town's: one query.

    Raises:
        Http404: no centre has windows yet.
    """
    given = [request.GET.get("centre", ""), request.COOKIES.get(COOKIE, "")]
    wanted = [code for code in given if code.isprintable()]
    found = Centre.objects.bookable().filter(Q(code__in=wanted) | Q(tier=Tier.TOWN))
    by_code = {centre.code: centre for centre in found.select_related("policy")}
    centre = next((by_code[code] for code in wanted if code in by_code), None)
    centre = centre or next(iter(by_code.values()), None)
    if centre is None:
        raise Http404
    return centre


def remember_centre(request: HttpRequest, response: HttpResponse, centre: Centre) -> None:
    """Keep a choice that was made in the address for the next visit."""
    if request.GET.get("centre") == centre.code != request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE,
            centre.code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
