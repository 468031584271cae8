"""Following a need by the public API."""

from typing import Any

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.common.clock import ZONE
from services.requests.access import get_follower_by_link
from services.requests.followers import Follower
from services.requests.models import Category
from services.requests.rules import State
from services.tracking.story import public_story

TOKEN = OpenApiParameter(
    "X-Request-Token", str, OpenApiParameter.HEADER, description="The need's token."
)


class StepSerializer(serializers.Serializer[dict[str, object]]):
    """One line of the timeline, in the language asked for."""

    at = serializers.DateTimeField()
    text = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class NeedSerializer(serializers.Serializer[dict[str, object]]):
    """A need, as whoever follows it sees it. `due` is null while no clock runs."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
    category = serializers.ChoiceField(Category.choices)
    centre = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    received = serializers.DateTimeField()
    due = serializers.DateTimeField(allow_null=True)
    joined_with = serializers.CharField(allow_null=True)
    steps = StepSerializer(many=True)


@extend_schema(parameters=[TOKEN], responses=NeedSerializer)
@api_view(["GET"])
def request_by_token(request: Request, reference: str) -> Response:
    """Where a need stands."""
    follower = get_follower_by_link(reference, request.headers.get("X-Request-Token", ""))
    return Response(as_json(follower))


def as_json(follower: Follower) -> dict[str, Any]:
    """The need as the contract has it; words that are held back stay empty."""
    own = follower.request
    need = own.merged_into or own
    prefetch_related_objects([need], "clocks", "events")
    return {
        "reference": own.reference,
        "state": need.state,
        "category": own.category,
        "centre": own.centre.code,
        "text": own.words,
        "received": own.created_at.astimezone(ZONE).isoformat(),
        "due": need.deadline.astimezone(ZONE).isoformat() if need.deadline else None,
        "joined_with": own.merged_into.reference if own.merged_into else None,
        "steps": [
            {
                "at": step["at"].astimezone(ZONE).isoformat(),
                "text": step["text"],
                "note": step["note"],
            }
            for step in public_story(need)
        ],
    }
