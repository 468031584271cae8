"""The address of the request being answered, so that actions need no request to be audited."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from lishui_center.common.network import client_address, shorten_address

_address: ContextVar[str] = ContextVar("audit_address", default="")


def current_address() -> str:
    """The shortened network address, empty outside of a request."""
    return shorten_address(_address.get())


class AddressMiddleware:
    """Remembers the caller's address while the request lasts; costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _address.set(client_address(request))
        try:
            return self.get_response(request)
        finally:
            _address.reset(token)
