"""What people read when something breaks: a page that says what to do, and mends itself."""

import sys
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import server_error

RETRY_SECONDS = 10


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500: 503 while the database cannot be reached, 500 for all else.

    Wherever the error was raised, in a view or in the session around it.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    if request.path.startswith("/api/"):
        detail = _("We cannot reach our records right now. Please try again in a minute.")
        answer: HttpResponse = JsonResponse(
            {"code": "unavailable", "detail": detail}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    else:
        context = {"again": _again(request), "seconds": RETRY_SECONDS, "is_read": _is_read(request)}
        status = HTTPStatus.SERVICE_UNAVAILABLE
        answer = render(request, "unavailable.html", context, status=status)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _is_read(request: HttpRequest) -> bool:
    """Whether asking again does nothing but ask."""
    return request.method in {"GET", "HEAD"}


def _again(request: HttpRequest) -> str:
    """The page itself, or the one whose form was sent."""
    if _is_read(request):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return "/"
    return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
