"""Rooms and things to borrow with the free times of a day, for the public API."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.common.clock import LAST_DAY, moment, today
from services.lending.free import FreeDay, free_days
from services.resources.models import Kind, Resource
from services.slots.grid import read_day


class FreeSerializer(serializers.Serializer[dict[str, object]]):
    """A stretch of time in which `free` are to be had."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    free = serializers.IntegerField()


class VenueSerializer(serializers.Serializer[Resource]):
    """What residents may ask for; `capacity` is seats, or pieces of equipment."""

    code = serializers.SlugField()
    kind = serializers.ChoiceField(Kind.choices)
    name = serializers.CharField()
    centre = serializers.SlugField(source="centre.code", default=None, allow_null=True)
    capacity = serializers.IntegerField()
    needs_approval = serializers.BooleanField()
    date = serializers.SerializerMethodField()
    closed_reason = serializers.SerializerMethodField()
    free = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateField())
    def get_date(self, resource: Resource) -> str:
        return self._day(resource).date.isoformat()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_closed_reason(self, resource: Resource) -> str | None:
        return self._day(resource).day.closed_reason or None

    @extend_schema_field(FreeSerializer(many=True))
    def get_free(self, resource: Resource) -> list[dict[str, object]]:
        day = self._day(resource)
        return [
            {
                "start": moment(day.date, stretch.first).isoformat(),
                "end": moment(day.date, stretch.end).isoformat(),
                "free": stretch.free,
            }
            for stretch in day.ahead
            if stretch.free
        ]

    def _day(self, resource: Resource) -> FreeDay:
        days: dict[int, list[FreeDay]] = self.context["free"]
        return days[resource.pk][0]


class VenueList(generics.ListAPIView[Resource]):
    """Rooms and things that residents may ask for, with the free times of one day."""

    serializer_class = VenueSerializer
    queryset = Resource.objects.for_residents()

    @extend_schema(
        parameters=[
            OpenApiParameter("centre", str, description="Code of one centre."),
            OpenApiParameter("kind", str, enum=Kind.values),
            OpenApiParameter("day", date, description="Today unless told."),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Rooms and things that residents may ask for, with the free times of one day."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """Narrowed by what is asked for."""
        found = Resource.objects.for_residents().for_list()
        asked = self.request.query_params
        if asked.get("centre"):
            found = found.filter(centre__code=asked["centre"])
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        return found

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of resources; what is free is read for all of them at once."""
        self.page = super().paginate_queryset(queryset)
        return self.page

    def get_serializer_context(self) -> dict[str, Any]:
        """Adds "free": {resource id: [FreeDay]}."""
        now = timezone.now()
        day = read_day(self.request.query_params.get("day", "")) if self.request else None
        wanted = min(max(day or today(now), today(now)), LAST_DAY)
        page = getattr(self, "page", None) or []
        return {
            **super().get_serializer_context(),
            "free": free_days(page, wanted, wanted, now=now),
        }
