"""The two answers of a view that serves both a page and its htmx part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as redirect_plain
from django.shortcuts import render as render_plain
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect


def render(
    request: HttpRequest,
    template: str,
    *,
    part: str,
    context: dict[str, Any],
    status: int | None = None,
) -> HttpResponse:
    """The named part of `template` for htmx, the whole page for everyone else.

    A context whose "form" has errors answers 422; base.html tells htmx to swap that in.
    """
    form = context.get("form")
    if status is None:
        status = 422 if form is not None and form.is_bound and form.errors else 200
    name = f"{template}#{part}" if getattr(request, "htmx", False) else template
    return render_plain(request, name, context, status=status)


def redirect(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to `to`, also from inside an htmx request."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(resolve_url(to, *args, **kwargs))
    answer: HttpResponse = redirect_plain(to, *args, **kwargs)
    return answer
