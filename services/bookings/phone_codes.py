"""Proving a phone by a code sent to it.

The session keeps a hash of the code for five minutes; what was proven stays so in the session.
"""

from datetime import datetime, timedelta
from typing import TypedDict

from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from lishui_center.common.encryption import fresh_token, lookup_hash, seal
from lishui_center.common.errors import RuleError
from lishui_center.notifications.actions import Message, Recipient, send_now

LIFETIME = timedelta(minutes=5)
MAX_TRIES = 5
DIGITS = 6
SENT = "phone_code"
PROVEN = "phone_proven"


class Sent(TypedDict):
    """A code on its way, fit for a session or a cache: nothing of it can be read back."""

    phone: str
    code: str
    until: str
    id: str


class TooManyCodesError(RuleError):
    code = "too_many_codes"
    message = _("Too many codes were sent. Please try again in 15 minutes, or phone the centre.")
    status = 429


class WrongCodeError(RuleError):
    code = "wrong_code"
    message = _("This code is not right. Please check the latest message.")
    status = 400


class CodeOverError(RuleError):
    code = "code_over"
    message = _("This code is no longer valid. Please ask for a new one.")
    status = 400


def check_rate(request: HttpRequest | Request, phone: str) -> None:
    """Count one request for a code, by address and by phone.

    Raises:
        TooManyCodesError
    """
    if not ratelimit.consume(request, action="request_login_code", key=phone):
        raise TooManyCodesError


def send_code(request: HttpRequest, phone: str, *, now: datetime) -> None:
    """Send a new code to the phone; earlier ones end."""
    code = new_code()
    expect_code(request, phone, code, now=now)
    deliver_code(phone, code, language=get_language() or "zh-hans", now=now)


def expect_code(request: HttpRequest, phone: str, code: str, *, now: datetime) -> None:
    """Wait for the code in this session; the empty code is one nobody can type."""
    request.session[SENT] = sent_now(phone, code, now=now)


def check_code(request: HttpRequest, phone: str, code: str, *, now: datetime) -> None:
    """Take the phone for proven when the code is right; each code allows five tries.

    Raises:
        CodeOverError, WrongCodeError
    """
    check_sent(request.session.get(SENT), phone, code, now=now)
    del request.session[SENT]
    request.session[PROVEN] = lookup_hash(phone)


def has_proven(request: HttpRequest, phone: str) -> bool:
    """Whether this session, or the account signed in, has shown that the phone is its own."""
    known = {request.session.get(PROVEN)}
    if request.user.is_authenticated and request.user.phone_verified_at:
        known.add(request.user.phone_hash)
    return lookup_hash(phone) in known


def new_code() -> str:
    """Six random digits."""
    return get_random_string(DIGITS, "0123456789")


def deliver_code(phone: str, code: str, *, language: str, now: datetime) -> None:
    """Send the code to the phone."""
    recipient = Recipient(
        user_id=None,
        phone_sealed=seal(phone),
        phone_hash=lookup_hash(phone),
        email="",
        language=language,
    )
    send_now(
        Message(
            kind="sign_in_code",
            key=f"phone-code:{fresh_token()}",
            recipient=recipient,
            due_at=now,
            context={"code": code},
        )
    )


def sent_now(phone: str, code: str, *, now: datetime) -> Sent:
    """What to remember of a code until it is typed."""
    return {
        "phone": lookup_hash(phone),
        "code": lookup_hash(code, purpose="code") if code else "",
        "until": (now + LIFETIME).isoformat(),
        "id": fresh_token(),
    }


def check_sent(sent: Sent | None, phone: str, code: str, *, now: datetime) -> None:
    """Take one of the five tries that each code allows.

    Raises:
        CodeOverError, WrongCodeError
    """
    if sent is None or sent["phone"] != lookup_hash(phone):
        raise CodeOverError
    if now > datetime.fromisoformat(sent["until"]) or not _takes_a_try(sent["id"]):
        raise CodeOverError
    if not constant_time_compare(sent["code"], lookup_hash(code.strip(), purpose="code")):
        raise WrongCodeError


def _takes_a_try(code_id: str) -> bool:
    """Whether one of the code's tries was left; counted outside the session.

    Requests sent at the same moment read the same session, but `add` gives each try to one only.
    """
    keys = (f"phone-code-{code_id}-{number}" for number in range(MAX_TRIES))
    return any(cache.add(key, 1, LIFETIME.total_seconds()) for key in keys)
