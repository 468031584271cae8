"""What is free, for the public API: the busiest read of the system.

A warm answer costs one query, which tells whether anything changed since the body was made.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.core.validators import MaxValueValidator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import quote_etag
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from lishui_center.common.clock import LAST_DAY, clock_text, moment, today
from services.catalogue.access import Visit, get_visit
from services.slots.access import days_for
from services.slots.middleware import AvailabilityResponse, has_already
from services.slots.models import Claim, DaySlots
from services.slots.pulse import last_beat

MAX_DAYS = 31
DEFAULT_DAYS = 7
BODY_SECONDS = 60


class QuerySerializer(serializers.Serializer[dict[str, object]]):
    """What is asked for; `item` may repeat for several services in one visit."""

    centre = serializers.SlugField(help_text="Code of the centre.")
    item = serializers.ListField(
        child=serializers.CharField(max_length=10), help_text="Codes of one or more items."
    )
    days = serializers.IntegerField(min_value=1, max_value=MAX_DAYS, default=DEFAULT_DAYS)

    def get_fields(self) -> dict[str, Any]:
        """Adds `from`, which Python cannot spell as an attribute."""
        first = serializers.DateField(required=False, validators=[MaxValueValidator(LAST_DAY)])
        return {**super().get_fields(), "from": first}


class SlotSerializer(serializers.Serializer[dict[str, object]]):
    """A start and how many can still begin there."""

    start = serializers.DateTimeField()
    free = serializers.IntegerField()


class DaySerializer(serializers.Serializer[dict[str, object]]):
    """A day; `opens` and `closes` are wall times, null when closed."""

    date = serializers.DateField()
    opens = serializers.CharField(allow_null=True)
    closes = serializers.CharField(allow_null=True)
    closed_reason = serializers.CharField(allow_null=True)
    slots = SlotSerializer(many=True)


class AvailabilitySerializer(serializers.Serializer[dict[str, object]]):
    """Free places for a visit; `item` joins several codes by commas."""

    centre = serializers.CharField()
    item = serializers.CharField()
    minutes = serializers.IntegerField()
    days = DaySerializer(many=True)


@dataclass(frozen=True)
class Asked:
    """A valid question, in a form that tells equal ones."""

    centre: str
    items: tuple[str, ...]
    first: date
    last: date

    def key(self, language: str | None) -> str:
        text = f"{self.centre}|{','.join(self.items)}|{self.first}|{self.last}|{language}"
        return hashlib.sha256(text.encode()).hexdigest()


@extend_schema(
    parameters=[
        OpenApiParameter("centre", str, required=True),
        OpenApiParameter("item", str, required=True, many=True),
        OpenApiParameter("from", date, description="First day, today by default."),
        OpenApiParameter("days", int, description=f"1 to {MAX_DAYS}, {DEFAULT_DAYS} by default."),
    ],
    responses={200: AvailabilitySerializer, 304: None},
)
@api_view(["GET"])
def availability(request: Request) -> HttpResponse:
    """Every start at which the visit fits, with its free places; carries an ETag."""
    now = timezone.now()
    asked = _asked(request, now)
    key = asked.key(get_language())
    visit = get_visit(asked.centre, asked.items)
    beat = last_beat(visit.pool.pk)
    state = Claim.objects.fingerprint(visit.pool.pk, asked.first, asked.last, now)
    # Lead time and release turn on whole minutes.
    tag = hashlib.sha256(f"{key}|{visit.minutes}|{state}|{now:%Y%m%d%H%M}".encode()).hexdigest()[
        :32
    ]
    if has_already(request, quote_etag(tag)):
        return _tagged(HttpResponse(status=304), tag)
    body = caches["process"].get(tag)
    if body is None:
        days = days_for(visit, first=asked.first, last=asked.last, now=now)
        body = JSONRenderer().render(_as_json(visit, list(days)))
        caches["process"].set(tag, body, BODY_SECONDS)
    response = AvailabilityResponse(body, content_type="application/json")
    response.pool_id, response.beat = visit.pool.pk, beat
    return _tagged(response, tag)


def _asked(request: Request, now: datetime) -> Asked:
    params = request.query_params
    query = QuerySerializer(
        data={
            **{name: params[name] for name in ("centre", "from", "days") if params.get(name)},
            "item": [code for text in params.getlist("item") for code in text.split(",")],
        }
    )
    query.is_valid(raise_exception=True)
    wanted = query.validated_data
    first = max(wanted.get("from", today(now)), today(now))
    last = wanted.get("from", today(now)) + timedelta(days=wanted["days"] - 1)
    return Asked(wanted["centre"], tuple(wanted["item"]), first, last)


def _as_json(visit: Visit, days: Sequence[DaySlots]) -> dict[str, object]:
    return {
        "centre": visit.centre.code,
        "item": ",".join(visit.codes),
        "minutes": visit.minutes,
        "days": [
            {
                "date": day.date.isoformat(),
                "opens": None if day.opens is None else clock_text(day.opens),
                "closes": None if day.closes is None else clock_text(day.closes),
                "closed_reason": day.closed_reason or None,
                "slots": [
                    {"start": moment(day.date, start.cell).isoformat(), "free": start.free}
                    for start in day.starts
                ],
            }
            for day in days
        ],
    }


def _tagged(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = quote_etag(tag)
    response["Cache-Control"] = "no-cache"
    return response
