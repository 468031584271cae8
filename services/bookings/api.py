"""Booking by the public API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.common.clock import ZONE
from services.bookings.actions import book_visit
from services.bookings.messages import manage_url
from services.bookings.models import Booking, Channel, Status
from services.bookings.phone_api import HEADER, check_proven
from services.bookings.visitors import BookingRequest, make_visitor
from services.catalogue.access import Visit, get_visit
from services.slots.access import nearest_starts
from services.slots.errors import SlotFullError

KEY_LENGTH = 80


class StartField(serializers.DateTimeField):
    """A moment, local where it has no offset."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=ZONE, **kwargs)

    def enforce_timezone(self, value: datetime) -> datetime:
        """The moment with its zone; at the ends of the calendar a change of zone overflows."""
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow", timezone=ZONE)


class NewBookingSerializer(serializers.Serializer[dict[str, object]]):
    """What is needed to book: several items become one visit."""

    centre = serializers.SlugField()
    items = serializers.ListField(
        child=serializers.CharField(max_length=10), min_length=1, max_length=5
    )
    start = StartField()
    name = serializers.CharField(max_length=500)
    phone = serializers.CharField(max_length=40)
    language = serializers.ChoiceField(settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class BookingSerializer(serializers.Serializer[dict[str, object]]):
    """A booking, as its holder sees it."""

    reference = serializers.CharField()
    token = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    manage_url = serializers.URLField()


@extend_schema(
    request=NewBookingSerializer,
    responses={201: BookingSerializer, 200: BookingSerializer},
    parameters=[
        OpenApiParameter(
            "Idempotency-Key",
            str,
            OpenApiParameter.HEADER,
            description="Up to 80 characters; the same key and contents book once.",
        ),
        HEADER,
    ],
)
@api_view(["POST"])
def bookings(request: Request) -> Response:
    """Book a visit."""
    given = NewBookingSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    wanted = given.validated_data
    visit = get_visit(wanted["centre"], wanted["items"])
    visitor = make_visitor(name=wanted["name"], phone=wanted["phone"], language=wanted["language"])
    now = timezone.now()
    check_proven(request, visitor.phone, now=now)
    try:
        booked = book_visit(
            request=BookingRequest(
                visit=visit,
                start=wanted["start"],
                visitor=visitor,
                channel=Channel.API,
                idempotency_key=idempotency_key(request),
            ),
            now=now,
        )
    except SlotFullError as refusal:
        return full(refusal, visit, wanted["start"], now)
    answer = status.HTTP_201_CREATED if booked.is_new else status.HTTP_200_OK
    return Response(as_json(booked.booking), status=answer)


def full(refusal: SlotFullError, visit: Visit, start: datetime, now: datetime) -> Response:
    """409 slot_full, with the nearest free starts."""
    nearest: Sequence[datetime] = nearest_starts(visit, start, now=now)
    return Response(
        {
            "code": refusal.code,
            "detail": str(refusal),
            "alternatives": [other.isoformat() for other in nearest],
        },
        status=refusal.status,
    )


def idempotency_key(request: Request) -> str | None:
    """The request's key, or None; too long a one is the caller's mistake."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > KEY_LENGTH:
        raise serializers.ValidationError(
            {"Idempotency-Key": [f"At most {KEY_LENGTH} characters."]}
        )
    return key or None


def as_json(booked: Booking) -> dict[str, Any]:
    """The booking as the contract has it: starts with the local offset."""
    return {
        "reference": booked.reference,
        "token": booked.token,
        "status": booked.status,
        "start": booked.starts_at.astimezone(ZONE).isoformat(),
        "end": booked.ends_at.isoformat(),
        "manage_url": manage_url(booked),
    }
