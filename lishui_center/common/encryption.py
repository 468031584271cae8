"""Personal data at rest: sealed (encrypted) to be read back, hashed to be found again.

A column `x_sealed` holds `seal(x)`; beside it `x_hash` holds `lookup_hash(x, purpose="x")` where
rows must be found by the value. `request_hash` is the `lookup_hash` of all that was asked at
once, which nobody can hash anew. `manage.py rotate_keys` relies on these names.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str) -> str:
    """The text encrypted with the newest field key; the empty text stays empty."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """The text inside `token`, whichever of the field keys sealed it.

    Raises:
        cryptography.fernet.InvalidToken: tampered with, or its key is gone.
    """
    return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token).decode() if token else ""


def reseal(token: str) -> str:
    """The same text sealed again with the newest field key, and `token` itself if that made it."""
    if not token or _opens(_key(settings.FIELD_KEYS[0]), token):
        return token
    return seal(unseal(token))


def lookup_hash(text: str, *, purpose: str = "phone") -> str:
    """64 hex digits that find an equal text again, useless without LOOKUP_KEY.

    `purpose` keeps equal texts of different columns from being matched with each other.
    """
    message = f"{purpose}:{text}".encode()
    return hmac.new(settings.LOOKUP_KEY.encode(), message, hashlib.sha256).hexdigest()


def fresh_token() -> str:
    """A secret of 192 random bits, fit for a URL; store only its `token_hash`."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """64 hex digits to find a secret by. Plain SHA-256: the token is too random to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def _opens(fernet: Fernet, token: str) -> bool:
    try:
        fernet.decrypt(token)
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    """Deriving costs more than sealing, so each set of keys is derived once a process."""
    return MultiFernet([_key(key) for key in keys])


@lru_cache(maxsize=8)
def _key(key: str) -> Fernet:
    """A Fernet key out of any long random text, so that operators need no special format."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lishui-center field key")
    return Fernet(urlsafe_b64encode(hkdf.derive(key.encode())))
