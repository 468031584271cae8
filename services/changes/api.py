"""Reading, moving and cancelling a booking by the public API."""

from datetime import datetime

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from services.bookings.access import get_booking_by_link
from services.bookings.api import BookingSerializer, StartField, as_json, full
from services.bookings.models import Booking
from services.catalogue.access import get_visit
from services.changes.actions import cancel_booking, move_booking
from services.slots.errors import SlotFullError

TOKEN = OpenApiParameter(
    "X-Booking-Token", str, OpenApiParameter.HEADER, description="The booking's token."
)


class MoveSerializer(serializers.Serializer[dict[str, object]]):
    """The new start."""

    start = StartField()


@extend_schema(methods=["GET"], parameters=[TOKEN], responses=BookingSerializer)
@extend_schema(
    methods=["PATCH"], parameters=[TOKEN], request=MoveSerializer, responses=BookingSerializer
)
@extend_schema(methods=["DELETE"], parameters=[TOKEN], responses={200: BookingSerializer})
@api_view(["GET", "PATCH", "DELETE"])
def booking(request: Request, reference: str) -> Response:
    """Read, move or cancel a booking."""
    found = get_booking_by_link(reference, request.headers.get("X-Booking-Token", ""))
    now = timezone.now()
    if request.method == "PATCH":
        return _move(request, found, now)
    if request.method == "DELETE":
        found = cancel_booking(booking_id=found.pk, now=now)
    return Response(as_json(found))


def _move(request: Request, found: Booking, now: datetime) -> Response:
    given = MoveSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    start = given.validated_data["start"]
    try:
        return Response(as_json(move_booking(booking_id=found.pk, start=start, now=now)))
    except SlotFullError as refusal:
        visit = get_visit(found.centre.code, [line.item.code for line in found.items.all()])
        return full(refusal, visit, start, now)
