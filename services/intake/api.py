"""Reporting a need by the public API."""

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.common.phones import normalise_phone
from services.bookings.api import idempotency_key
from services.bookings.phone_api import HEADER, check_proven
from services.intake.actions import Contact, Report, report_need
from services.requests.access import centres_to_report_at
from services.requests.models import PLACE_LENGTH, TEXT_LENGTH, Category, Channel
from services.tracking.api import NeedSerializer, as_json
from services.tracking.messages import track_url


class NewNeedSerializer(serializers.Serializer[dict[str, object]]):
    """What is needed to report; without a phone only the token leads back to it."""

    centre = serializers.SlugRelatedField("code", queryset=centres_to_report_at())
    category = serializers.ChoiceField(Category.choices)
    text = serializers.CharField(max_length=TEXT_LENGTH)
    place = serializers.CharField(max_length=PLACE_LENGTH, default="", allow_blank=True)
    phone = serializers.CharField(max_length=40, default="", allow_blank=True)
    language = serializers.ChoiceField(settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class NewNeedAnswerSerializer(NeedSerializer):
    """With the token, which is told once."""

    token = serializers.CharField()
    track_url = serializers.URLField()


@extend_schema(
    request=NewNeedSerializer,
    responses={201: NewNeedAnswerSerializer, 200: NewNeedAnswerSerializer},
    parameters=[
        OpenApiParameter(
            "Idempotency-Key",
            str,
            OpenApiParameter.HEADER,
            description="Up to 80 characters; the same key and contents report once.",
        ),
        HEADER,
    ],
)
@api_view(["POST"])
def requests(request: Request) -> Response:
    """Report a need; a phone to be told at is proven as for a booking."""
    given = NewNeedSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    told = given.validated_data
    phone, now = normalise_phone(told["phone"]) if told["phone"] else "", timezone.now()
    if phone:
        check_proven(request, phone, now=now)
    reported = report_need(
        report=Report(
            centre=told["centre"],
            category=told["category"],
            text=told["text"],
            place=told["place"],
            contact=Contact(told["language"], phone=phone),
            channel=Channel.API,
            idempotency_key=idempotency_key(request),
        ),
        now=now,
    )
    answer = as_json(reported.follower) | {
        "token": reported.follower.secret,
        "track_url": track_url(reported.follower),
    }
    code = status.HTTP_201_CREATED if reported.is_new else status.HTTP_200_OK
    return Response(answer, status=code)
