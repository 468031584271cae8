"""Projects for the public API: those that were approved."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers

from volunteers.projects.access import public_projects
from volunteers.projects.models import Category, Project, ProjectKind, ProjectQuerySet
from volunteers.projects.rules import MilestoneState, State


class MilestoneSerializer(serializers.Serializer[object]):
    """A step, with its share of the whole against the others'."""

    title = serializers.CharField()
    weight = serializers.IntegerField()
    due_on = serializers.DateField()
    state = serializers.ChoiceField(MilestoneState.choices)


class ProjectSerializer(serializers.Serializer[Project]):
    """A project; `centre` is null for one of the whole town, `progress` in percent."""

    code = serializers.SlugField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(ProjectKind.choices)
    category = serializers.ChoiceField(Category.choices)
    centre = serializers.SlugField(source="centre.code", default=None, allow_null=True)
    teams = serializers.SerializerMethodField()
    state = serializers.ChoiceField(State.choices)
    summary = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    progress = serializers.IntegerField()

    def get_teams(self, project: Project) -> list[str]:
        """Their codes, the responsible one first."""
        return [link.team.code for link in project.links.all()]


class ProjectDetailSerializer(ProjectSerializer):
    """The same with target, result and milestones."""

    target = serializers.CharField()
    result = serializers.CharField()
    milestones = MilestoneSerializer(many=True, source="milestones.all")


@extend_schema(
    parameters=[
        OpenApiParameter("state", str, description="Only in this state.", enum=State.values),
        OpenApiParameter("centre", str, description="Only of the centre with this code."),
        OpenApiParameter("category", str, description="Only about this.", enum=Category.values),
    ]
)
class ProjectList(generics.ListAPIView[Project]):
    """Projects that were approved, those under way first."""

    serializer_class = ProjectSerializer
    queryset = public_projects().for_list()

    def get_queryset(self) -> ProjectQuerySet:
        """Narrowed by the query; what is unknown has no projects."""
        asked = self.request.query_params
        columns = {"state": "state", "centre": "centre__code", "category": "category"}
        wanted = {column: asked[name] for name, column in columns.items() if asked.get(name)}
        return public_projects().for_list().filter(**wanted)


class ProjectDetail(generics.RetrieveAPIView[Project]):
    """One project that was approved."""

    serializer_class = ProjectDetailSerializer
    queryset = public_projects().for_list()
    lookup_field = "code"
