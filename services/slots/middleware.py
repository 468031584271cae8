"""Answering the same question about free places again, before any other work is done.

At the release minute everybody asks the same few questions. An answer is given again for one
second, and only while the pool's heartbeat says that nothing changed on this machine.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from services.slots.pulse import last_beat

PATH = "/api/v1/availability/"
SECONDS = 1.0
MOST = 500


class AvailabilityResponse(HttpResponse):
    """Free places of one pool, as they were at one of its heartbeats."""

    pool_id: int
    beat: int


@dataclass(frozen=True)
class Kept:
    """An answer as it went out, and until when it may again."""

    content: bytes
    headers: dict[str, str]
    pool_id: int
    beat: int
    until: float

    def is_fresh(self) -> bool:
        return time.monotonic() < self.until and last_beat(self.pool_id) == self.beat

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The answer once more, or that the asker has it already."""
        known = has_already(request, self.headers["ETag"])
        if known:
            return HttpResponse(status=304, headers=self.headers)
        return HttpResponse(self.content, headers=self.headers)


class AvailabilityCache:
    """Outermost middleware; each process keeps its own answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.kept: dict[tuple[str, ...], Kept] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or request.path_info != PATH:
            return self.get_response(request)
        key = _key(request)
        kept = self.kept.get(key)
        if kept is not None and kept.is_fresh():
            return kept.answer(request)
        response = self.get_response(request)
        if isinstance(response, AvailabilityResponse) and response.status_code == 200:  # noqa: PLR2004 - HTTP
            self._keep(key, response)
        return response

    def _keep(self, key: tuple[str, ...], response: AvailabilityResponse) -> None:
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[key] = Kept(
            content=response.content,
            headers=dict(response.items()),
            pool_id=response.pool_id,
            beat=response.beat,
            until=time.monotonic() + SECONDS,
        )


def has_already(request: HttpRequest, etag: str) -> bool:
    """Whether the asker holds the answer of this tag; compression makes tags weak."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in held}


def _key(request: HttpRequest) -> tuple[str, ...]:
    """All that an answer depends on."""
    return (
        request.META["QUERY_STRING"],
        request.headers.get("Accept-Language", ""),
        request.headers.get("Accept-Encoding", ""),
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
    )
