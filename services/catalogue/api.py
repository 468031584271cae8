"""Service items for the public API."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers

from services.catalogue.models import ServiceItem


class ServiceItemSerializer(serializers.ModelSerializer[ServiceItem]):
    """An item of the catalogue with the documents to bring; walk-in only when not `online`."""

    name = serializers.CharField()
    minutes = serializers.IntegerField()
    documents = serializers.SlugRelatedField[ServiceItem](
        slug_field="name", many=True, read_only=True
    )

    class Meta:
        model = ServiceItem
        fields = ["code", "name", "minutes", "category", "audience", "online", "documents"]


@extend_schema(
    parameters=[OpenApiParameter("centre", str, description="Only what this centre handles.")]
)
class ServiceItemList(generics.ListAPIView[ServiceItem]):
    """The catalogue, or what one centre handles."""

    serializer_class = ServiceItemSerializer
    queryset = ServiceItem.objects.active().prefetch_related("documents")

    def get_queryset(self) -> QuerySet[ServiceItem]:
        """Narrowed by `?centre=`; an unknown centre handles nothing."""
        items = ServiceItem.objects.offered(self.request.query_params.get("centre"))
        return items.prefetch_related("documents")
