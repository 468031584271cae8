"""What people answer to an SMS: a gateway hands it over, and higher apps say what it means."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from django.conf import settings

from lishui_center.common.encryption import lookup_hash
from lishui_center.common.phones import normalise_phone
from lishui_center.notifications.signing import signature

FRESH = timedelta(minutes=5)
"""How old a signed reply may be: an overheard one is of no use later."""

Reader = Callable[[str, str, datetime], bool]
_readers: list[Reader] = []


def register(read: Reader) -> None:
    """Let replies mean something; called from `AppConfig.ready`.

    `read` is given the keyed hash of the phone, the text and the moment, and answers whether the
    reply was for it.
    """
    _readers.append(read)


def are_taken() -> bool:
    """Whether an SMS may ask for an answer: a gateway, or a developer, can hand it over."""
    return settings.DEBUG or bool(_secret())


def receive(*, phone: str, text: str, now: datetime) -> bool:
    """Hand the reply to whoever it is for; whether anybody took it.

    Raises:
        BadPhoneError
    """
    sender = lookup_hash(normalise_phone(phone))
    return any(read(sender, text, now) for read in _readers)


def is_from_gateway(*, timestamp: str, body: bytes, given: str, now: datetime) -> bool:
    """Whether the gateway of SMS_URL signed this within the last minutes."""
    secret = _secret()
    if not (secret and timestamp.isdecimal() and given.isascii()):
        return False
    is_fresh = abs(now.timestamp() - int(timestamp)) <= FRESH.total_seconds()
    return is_fresh and hmac.compare_digest(signature(secret, timestamp, body), given)


def _secret() -> str:
    """The gateway's secret; empty for the file outbox."""
    return unquote(urlsplit(settings.SMS_URL).password or "")
