"""Activities for other programs, and signing up by session."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE
from volunteers.activities.access import (
    Wanted,
    activities_ahead,
    get_public_activity,
    get_session_of,
    sessions_ahead,
)
from volunteers.activities.models import Activity, ActivityKind, ActivityState
from volunteers.signups.access import Offered, collisions_of, offered
from volunteers.signups.actions import account, sign_up
from volunteers.signups.models import SignupState


class SessionSerializer(serializers.Serializer[dict[str, object]]):
    """A session that is not over; `free` is 0 while people wait for a place."""

    id = serializers.IntegerField()
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    place = serializers.CharField()
    capacity = serializers.IntegerField()
    free = serializers.IntegerField()
    waiting = serializers.IntegerField()
    open = serializers.BooleanField()


class ActivitySerializer(serializers.Serializer[Activity]):
    """An activity, in the language asked for, with its sessions ahead."""

    code = serializers.SlugField()
    kind = serializers.ChoiceField(ActivityKind.choices)
    state = serializers.ChoiceField(ActivityState.choices)
    centre = serializers.SlugField(source="centre.code")
    title = serializers.CharField()
    about = serializers.CharField()
    audience = serializers.CharField()
    sessions = serializers.SerializerMethodField()

    @extend_schema_field(SessionSerializer(many=True))
    def get_sessions(self, activity: Activity) -> list[dict[str, Any]]:
        """The sessions that were read for all activities at once."""
        return self.context["sessions"].get(activity.pk, [])  # type: ignore[no-any-return]


class SignupSerializer(serializers.Serializer[dict[str, object]]):
    """A sign-up, and other sessions of the person at the same time, as a warning."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(SignupState.choices)
    session = serializers.IntegerField()
    collides_with = serializers.ListField(child=serializers.IntegerField())


class ActivityList(generics.ListAPIView[Activity]):
    """What is coming up, the soonest first."""

    serializer_class = ActivitySerializer
    queryset = Activity.objects.none()

    def get_queryset(self) -> Any:
        """Those with a session ahead; drafts are nobody's business."""
        return activities_ahead(Wanted(), timezone.now())

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of activities; their sessions are read for all of them at once."""
        self.page = super().paginate_queryset(queryset)
        return self.page

    def get_serializer_context(self) -> dict[str, Any]:
        """Adds "sessions": {activity: [session, …]}."""
        pks = [activity.pk for activity in getattr(self, "page", None) or []]
        return {**super().get_serializer_context(), "sessions": _sessions(pks)}


@extend_schema(responses=ActivitySerializer)
@api_view(["GET"])
def activity(_request: Request, code: str) -> Response:
    """One activity; also a cancelled one, whose sessions are then empty."""
    shown = get_public_activity(code)
    context = {"sessions": _sessions([shown.pk])}
    return Response(ActivitySerializer(shown, context=context).data)


@extend_schema(request=None, responses={201: SignupSerializer})
@api_view(["POST"])
@authentication_classes([SessionAuthentication])
@permission_classes([IsAuthenticated])
def signup(request: Request, code: str, pk: int) -> Response:
    """Sign the person of the session up: 201 with `signed_up`, or `waiting` when it is full."""
    assert isinstance(request.user, User)  # noqa: S101 - IsAuthenticated; tells mypy
    session = get_session_of(code, pk)
    collisions = collisions_of(request.user, session)
    made = sign_up(session_id=session.pk, person=account(request.user), now=timezone.now())
    answer = {
        "reference": made.reference,
        "state": made.state,
        "session": session.pk,
        "collides_with": [other.session_id for other in collisions],
    }
    return Response(answer, status=status.HTTP_201_CREATED)


def _sessions(pks: list[int]) -> dict[int, list[dict[str, Any]]]:
    """{activity: [session as JSON, …]} of what is ahead: two queries."""
    now = timezone.now()
    found: dict[int, list[dict[str, Any]]] = {}
    for row in offered(sessions_ahead(pks, now)):
        is_open = row.session.takes_signups(now)
        found.setdefault(row.session.activity_id, []).append(_as_json(row, is_open=is_open))
    return found


def _as_json(row: Offered, *, is_open: bool) -> dict[str, Any]:
    session = row.session
    return {
        "id": session.pk,
        "start": session.starts_at.astimezone(ZONE).isoformat(),
        "end": session.ends_at.astimezone(ZONE).isoformat(),
        "place": session.place,
        "capacity": session.capacity,
        "free": row.free,
        "waiting": row.waiting,
        "open": is_open,
    }
