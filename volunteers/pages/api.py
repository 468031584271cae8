"""Teams for the public API: what they are, never who is in them."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers

from volunteers.teams.models import Team, TeamKind, TeamState


class TeamSerializer(serializers.Serializer[Team]):
    """A team; `centre` is null for a team of the whole town."""

    code = serializers.SlugField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(TeamKind.choices)
    centre = serializers.SerializerMethodField()
    state = serializers.ChoiceField(TeamState.choices)
    members = serializers.IntegerField()

    def get_centre(self, team: Team) -> str | None:
        return team.centre.code if team.centre else None


@extend_schema(
    parameters=[
        OpenApiParameter("centre", str, description="Only the teams of this centre."),
        OpenApiParameter("kind", str, enum=TeamKind.values, description="Only this kind."),
    ]
)
class TeamList(generics.ListAPIView[Team]):
    """The teams that are not disbanded: the whole town's first, then centre by centre."""

    serializer_class = TeamSerializer
    queryset = Team.objects.standing()

    def get_queryset(self) -> QuerySet[Team]:
        """Narrowed by `?centre=` and `?kind=`; what is unknown has no teams."""
        params = self.request.query_params
        found = Team.objects.standing()
        if kind := params.get("kind", ""):
            found = found.filter(kind=kind)
        if code := params.get("centre", ""):
            found = found.filter(centre__code=code)
        return found.for_list()


class TeamDetail(generics.RetrieveAPIView[Team]):
    """One team, also when it is disbanded."""

    serializer_class = TeamSerializer
    queryset = Team.objects.for_list()
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Team]:
        """All of them."""
        return Team.objects.for_list()
