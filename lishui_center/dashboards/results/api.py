"""The results for the public API: the figures of the page."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from lishui_center.dashboards.results.access import Results
from lishui_center.dashboards.results.access import results as results_now
from lishui_center.dashboards.results.figures import GROUPS
from lishui_center.dashboards.results.rules import Span
from services.resolution.rules import Rate

NAMES = [kind.name for group in GROUPS for kind in group.kinds]


class RateSerializer(serializers.Serializer[object]):
    """A rate; `percent` is rounded down, and null of nothing."""

    rate = serializers.ChoiceField([rate.value for rate in Rate])
    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class PeriodSerializer(serializers.Serializer[object]):
    """The figures of the days from `first` to `last`, both included."""

    span = serializers.ChoiceField([span.value for span in Span])
    first = serializers.DateField()
    last = serializers.DateField()
    figures = serializers.DictField(child=serializers.IntegerField())
    rates = RateSerializer(many=True)


class ResultsSerializer(serializers.Serializer[object]):
    """What was achieved; `version` goes up when a figure is counted another way."""

    as_of = serializers.DateTimeField()
    version = serializers.IntegerField()
    periods = PeriodSerializer(many=True)


@extend_schema(responses=ResultsSerializer)
@api_view(["GET"])
def results(_request: Request) -> Response:
    """The town's figures of this year and of the last 30 days, at most five minutes old."""
    return Response(ResultsSerializer(_shape(results_now(timezone.now()))).data)


def _shape(found: Results) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "version": found.version,
        "periods": [
            {
                "span": span.value,
                "first": period.first,
                "last": period.last,
                "figures": {name: found.numbers[span][name] for name in NAMES},
                "rates": found.rates[span],
            }
            for span, period in found.periods.items()
        ],
    }
