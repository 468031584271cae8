"""How often an address may write without signing in."""

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:  # DRF imports this module while it makes its views
    from rest_framework.views import APIView


class AnonymousWrites(SimpleRateThrottle):
    """So many writes an hour from one address; reading is free."""

    scope = "writes"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:  # noqa: ARG002
        """One counter for each address; None lets a read pass."""
        if request.method in SAFE_METHODS:
            return None
        return f"throttle-{self.scope}-{self.get_ident(request)}"
