"""How we and the SMS gateway know each other."""

import hashlib
import hmac


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What a request carries, either way: HMAC-SHA256 of timestamp, newline and body, in hex."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"\n" + body, hashlib.sha256)
    return signed.hexdigest()
