"""Codes, digests and periods of certificates. Pure."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.bookings.rules import REFERENCE_ALPHABET

ALPHABET = REFERENCE_ALPHABET
CODE_LENGTH = 12
"""Of 29 signs without look-alikes: 58 bits, far too many to try."""
GROUP = 4
MOST_A_DAY = 20
"""Certificates that one person can make in a day."""


@dataclass(frozen=True)
class Period:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def clean_code(typed: str) -> str:
    """The code as it is kept: 'k7q2-m9ab cdef' becomes 'K7Q2M9ABCDEF'; '' for what is none."""
    code = "".join(sign for sign in typed.upper() if not (sign.isspace() or sign in "-‐–—·."))
    is_code = len(code) == CODE_LENGTH and all(sign in ALPHABET for sign in code)
    return code if is_code else ""


def shown_code(code: str) -> str:
    """In groups, to be read out: 'K7Q2-M9AB-CDEF'."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def digest(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 over what the certificate says: the same however the database keeps it."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
