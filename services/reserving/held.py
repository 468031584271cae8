"""The hold a visitor's session knows: the time kept while the person types."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.crypto import get_random_string, salted_hmac

from services.slots.actions import Hold

KEY = "hold"
KEY_LENGTH = 80


def held_by(request: HttpRequest, visit: str = "") -> Hold | None:
    """The session's hold, run out or not; None when it is for another visit than the given."""
    kept = request.session.get(KEY)
    if kept is None or visit not in ("", kept["visit"]):
        return None
    start, expires_at = map(datetime.fromisoformat, (kept["start"], kept["expires_at"]))
    return Hold(kept["token"], start, expires_at)


def keep(request: HttpRequest, hold: Hold, visit: str) -> None:
    """Remember the hold instead of any other; `visit` is the centre and items as in the address."""
    request.session[KEY] = {
        "visit": visit,
        "token": hold.token,
        "start": hold.start.isoformat(),
        "expires_at": hold.expires_at.isoformat(),
    }


def forget(request: HttpRequest) -> None:
    """Forget the hold, once it became a booking."""
    request.session.pop(KEY, None)


def idempotency_key(request: HttpRequest, hold: Hold) -> str:
    """Sent along with the form: a second tap finds the booking that the first one made."""
    if not hold.token:
        return sent_key(request) or get_random_string(32)
    return salted_hmac("booking-form", hold.token, algorithm="sha256").hexdigest()[:32]


def sent_key(request: HttpRequest) -> str | None:
    """The key that came back with the form; none where somebody tampered with it."""
    key = request.POST.get("key", "")
    return key if key.isalnum() and len(key) <= KEY_LENGTH else None
