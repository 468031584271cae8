"""Requests for no view: all of them while the site is closed, and those no database can take."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

RETRY_AFTER_SECONDS = 600
HEALTH_CHECKS = frozenset({"/healthz", "/readyz"})


class MaintenanceMiddleware:
    """Answers 503 to everything but the health checks while MAINTENANCE is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE or request.path in HEALTH_CHECKS:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            detail = _("We are working on the site. Please try again in a few minutes.")
            answer: HttpResponse = JsonResponse(
                {"code": "maintenance", "detail": detail}, status=503
            )
        else:
            answer = render(request, "maintenance.html", status=503)
        answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer


class WholeAddressMiddleware:
    """Answers 404 to an address with a NUL: no page has one, and PostgreSQL takes it in no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" not in request.path_info and "%00" not in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "not_found", "detail": _("Not found.")}, status=404)
        raise Http404
