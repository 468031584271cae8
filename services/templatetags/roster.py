"""How a roster names people, places and times. `{% load roster %}`."""

from collections.abc import Mapping

from django import template

from services.roster.access import name_on_roster
from services.roster.models import place_of
from services.roster.rules import typed_time

register = template.Library()

register.filter("name_on_roster", name_on_roster)
register.filter("place_of", place_of)
register.filter("typed_time", typed_time)


@register.filter
def of(numbers: Mapping[int, int], key: int) -> int:
    """The number kept under the key; 0 when there is none."""
    return numbers.get(key, 0)
