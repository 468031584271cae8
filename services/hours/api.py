"""Centres with their opening of today, for the public API."""

from typing import Any

from django.utils import timezone
from rest_framework import generics, serializers

from lishui_center.common.dates import clock
from services.centres.models import Centre, Tier
from services.hours.access import Opening, openings_today


class CentreSerializer(serializers.Serializer[Centre]):
    """A centre; `opens` and `closes` are today's wall times, null while closed all day."""

    code = serializers.SlugField()
    name = serializers.CharField()
    tier = serializers.ChoiceField(Tier.choices)
    open_now = serializers.SerializerMethodField()
    opens = serializers.SerializerMethodField()
    closes = serializers.SerializerMethodField()

    def get_open_now(self, centre: Centre) -> bool:
        opening = self._opening(centre)
        return opening is not None and opening.is_open

    def get_opens(self, centre: Centre) -> str | None:
        opening = self._opening(centre)
        return clock(opening.opens) if opening and opening.opens else None

    def get_closes(self, centre: Centre) -> str | None:
        opening = self._opening(centre)
        return clock(opening.closes) if opening and opening.closes else None

    def _opening(self, centre: Centre) -> Opening | None:
        openings: dict[int, Opening] = self.context["openings"]
        return openings.get(centre.pk)


class CentreList(generics.ListAPIView[Centre]):
    """All centres of the network: the town's first, then villages/communities and stations."""

    serializer_class = CentreSerializer
    queryset = Centre.objects.active()

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of centres; their openings are read for all of them at once."""
        self.page = super().paginate_queryset(queryset)
        return self.page

    def get_serializer_context(self) -> dict[str, Any]:
        """Adds "openings": {centre id: Opening}."""
        pks = [centre.pk for centre in getattr(self, "page", None) or []]
        return {
            **super().get_serializer_context(),
            "openings": openings_today(pks, now=timezone.now()),
        }
