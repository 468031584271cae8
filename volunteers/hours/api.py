"""Recording hours by the public API, by session or by an access key (`Authorization: Token …`)."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from knox.auth import TokenAuthentication
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE
from services.bookings.api import StartField
from volunteers.hours.access import get_own_entry
from volunteers.hours.actions import Service, record_hours
from volunteers.hours.models import NOTE_LENGTH, HourEntry, HourState

BY = [TokenAuthentication, SessionAuthentication]
"""A key first: a program's wrong key is said to be wrong, whatever cookie comes with it."""


class UnreadableError(serializers.ValidationError):
    """The contract answers 422 for whatever cannot be kept: an outbox keeps it, to be mended."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class NewHoursSerializer(serializers.Serializer[dict[str, object]]):
    """What somebody did; `id` is made by the sender and stays the same when it sends again."""

    id = serializers.UUIDField()
    team = serializers.SlugField()
    project = serializers.SlugField(required=False, allow_blank=True, default="")
    start = StartField()
    end = StartField()
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=NOTE_LENGTH
    )


class HoursSerializer(serializers.Serializer[dict[str, object]]):
    """A record, as its volunteer sees it."""

    id = serializers.UUIDField()
    team = serializers.SlugField()
    project = serializers.CharField()
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    note = serializers.CharField()
    state = serializers.ChoiceField(HourState.choices)
    reason = serializers.CharField()


@extend_schema(request=NewHoursSerializer, responses={201: HoursSerializer, 200: HoursSerializer})
@api_view(["POST"])
@authentication_classes(BY)
@permission_classes([IsAuthenticated])
def hours(request: Request) -> Response:
    """Record service; the same id with the same contents is answered again, and kept once."""
    given = NewHoursSerializer(data=request.data)
    if not given.is_valid():
        raise UnreadableError(given.errors)
    recorded = record_hours(
        volunteer=_user(request), service=Service(**given.validated_data), now=timezone.now()
    )
    answer = status.HTTP_201_CREATED if recorded.is_new else status.HTTP_200_OK
    return Response(as_json(recorded.entry), status=answer)


@extend_schema(responses=HoursSerializer)
@api_view(["GET"])
@authentication_classes(BY)
@permission_classes([IsAuthenticated])
def entry(request: Request, pk: UUID) -> Response:
    """One record of one's own."""
    return Response(as_json(get_own_entry(_user(request), pk)))


def as_json(kept: HourEntry) -> dict[str, Any]:
    """The record as the contract has it: times with the local offset."""
    return {
        "id": str(kept.pk),
        "team": kept.team.code,
        "project": kept.project.code if kept.project else "",
        "start": kept.starts_at.astimezone(ZONE).isoformat(),
        "end": kept.ends_at.astimezone(ZONE).isoformat(),
        "minutes": kept.minutes,
        "note": kept.note,
        "state": kept.state,
        "reason": kept.reason,
    }


def _user(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - IsAuthenticated; tells mypy
    return request.user
