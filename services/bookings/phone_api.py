"""Proving a phone to the public API, which has no session: its code waits in the shared cache."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.common.encryption import lookup_hash
from lishui_center.common.errors import RuleError
from lishui_center.common.phones import normalise_phone
from services.bookings.errors import PhoneUnprovenError
from services.bookings.phone_codes import (
    LIFETIME,
    MAX_TRIES,
    check_rate,
    check_sent,
    deliver_code,
    new_code,
    sent_now,
)

VALID_SECONDS = int(LIFETIME.total_seconds())
HEADER = OpenApiParameter(
    "X-Phone-Code",
    str,
    OpenApiParameter.HEADER,
    description="The code from /api/v1/phone-codes/, where phones have to be proven.",
)


class PhoneSerializer(serializers.Serializer[dict[str, object]]):
    """Which phone, and the language of the message."""

    phone = serializers.CharField(max_length=40)
    language = serializers.ChoiceField(settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class CodeSentSerializer(serializers.Serializer[dict[str, object]]):
    """How long the code is good."""

    valid_seconds = serializers.IntegerField()


@extend_schema(
    request=PhoneSerializer,
    responses={202: CodeSentSerializer},
    description=f"Send a code that proves the phone, for up to {MAX_TRIES} requests.",
)
@api_view(["POST"])
def phone_codes(request: Request) -> Response:
    """Send a code; an earlier one ends."""
    given = PhoneSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    phone, now = normalise_phone(given.validated_data["phone"]), timezone.now()
    check_rate(request, phone)
    code = new_code()
    cache.set(_key(phone), sent_now(phone, code, now=now), VALID_SECONDS)
    deliver_code(phone, code, language=given.validated_data["language"], now=now)
    return Response({"valid_seconds": VALID_SECONDS}, status=status.HTTP_202_ACCEPTED)


def check_proven(request: Request, phone: str, *, now: datetime) -> None:
    """Refuse a phone without its code, before anything is said about the person.

    The code stays good for a replay or another time of day; all tries count, also right ones.

    Raises:
        PhoneUnprovenError
    """
    if not settings.PHONE_VERIFICATION:
        return
    try:
        check_sent(cache.get(_key(phone)), phone, request.headers.get("X-Phone-Code", ""), now=now)
    except RuleError:
        raise PhoneUnprovenError from None


def _key(phone: str) -> str:
    return f"phone-code-{lookup_hash(phone)}"
