"""How often codes may be guessed from one address, and certificates drawn for one account.

Both are reads, which the limits of sign-in leave alone, so they are counted here.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from lishui_center.common.network import client_address

WINDOW = 3600
"""Seconds that a count lasts, from its first event."""


def guesses_too_often(request: HttpRequest) -> bool:
    """Whether so many codes that do not exist were tried from the address that none is answered."""
    most = settings.CERTIFICATE_GUESSES
    return bool(most) and cache.get(_guesses(request), 0) >= most


def count_guess(request: HttpRequest) -> None:
    """One more code that does not exist."""
    _count(_guesses(request))


def draws_too_often(user_id: int) -> bool:
    """Count one drawing, which takes a second of a processor; whether it is one too many."""
    most = settings.CERTIFICATE_DRAWINGS
    return bool(most) and _count(f"certificates-drawn-{user_id}") > most


def _guesses(request: HttpRequest) -> str:
    return f"certificates-guessed-{client_address(request)}"


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        return 1
