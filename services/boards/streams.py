"""Server-Sent Events: a page is told that its hall changed, and asks for what it shows itself."""

import asyncio
from collections.abc import AsyncIterator

from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from services.boards.hub import hub
from services.centres.models import Centre


async def hall_events(request: HttpRequest, code: str) -> HttpResponseBase:
    """A line for every change of the centre's queue; says nothing about whom it concerns.

    Only uvicorn can keep hundreds of streams open; gunicorn answers 503 and pages go on polling.
    """
    if not isinstance(request, ASGIRequest):
        return HttpResponse(status=503)
    # Not Django's own async query: its connection would stay open as long as the stream does,
    # and five hundred of them are more than PostgreSQL lets in.
    centre_id = await asyncio.to_thread(_centre_id, code)
    if centre_id is None:
        return HttpResponse(status=404)
    return StreamingHttpResponse(
        _lines(centre_id),
        content_type="text/event-stream",
        headers={
            "Cache-Control": "no-cache",
            "X-Accel-Buffering": "no",
            # Else GZipMiddleware would keep lines back until they fill a block.
            "Content-Encoding": "identity",
            # Nothing here is personal, and the page may come from another port.
            "Access-Control-Allow-Origin": "*",
        },
    )


def _centre_id(code: str) -> int | None:
    close_old_connections()
    return Centre.objects.active().filter(code=code).values_list("pk", flat=True).first()


async def _lines(centre_id: int) -> AsyncIterator[str]:
    async for is_change in hub.changes(centre_id):
        yield "data: changed\n\n" if is_change else ": still here\n\n"
