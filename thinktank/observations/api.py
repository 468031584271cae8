"""Published observations for the public API."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers

from thinktank.experts.models import Field
from thinktank.observations.models import Method, Observation


class ObserverSerializer(serializers.Serializer[dict[str, object]]):
    """Who observed."""

    code = serializers.SlugField()
    name = serializers.CharField()
    field = serializers.ChoiceField(Field.choices)


class ObservedSerializer(serializers.Serializer[dict[str, object]]):
    """What was observed."""

    kind = serializers.CharField(source="subject_kind")
    code = serializers.CharField(source="subject_code")
    title = serializers.CharField(source="subject_title")


class ObservationSerializer(serializers.ModelSerializer[Observation]):
    """A published report; the evidence itself is on its page, `evidence_sha256` proves it."""

    number = serializers.IntegerField(source="pk")
    subject = ObservedSerializer(source="*")
    expert = ObserverSerializer()
    method = serializers.ChoiceField(Method.choices)

    class Meta:
        model = Observation
        fields = [
            "number",
            "title",
            "subject",
            "expert",
            "method",
            "observed_on",
            "text",
            "published_at",
            "evidence_sha256",
        ]


@extend_schema(parameters=[OpenApiParameter("q", str, description="Words to look for.")])
class ObservationList(generics.ListAPIView[Observation]):
    """Published observations of the think tank, the latest first."""

    serializer_class = ObservationSerializer
    queryset = Observation.objects.published().for_list()

    def get_queryset(self) -> QuerySet[Observation]:
        """Narrowed by `?q=`."""
        words = self.request.query_params.get("q", "").replace("\0", " ")[:40]
        return Observation.objects.published().matching(words).for_list()
