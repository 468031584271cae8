"""How a roster names people, places and times. `{% load roster %}`."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from services.centres.models import Window
from services.roster.access import name_on_roster
from services.roster.rules import typed_time

register = template.Library()

register.filter("name_on_roster", name_on_roster)
register.filter("typed_time", typed_time)


@register.filter
def place_name(window: Window | None) -> str:
    """'Window 3', or the front desk."""
    return _("Window %(number)s") % {"number": window.number} if window else _("Front desk")


@register.filter
def of(numbers: Mapping[int, int], key: int) -> int:
    """The number kept under the key; 0 when there is none."""
    return numbers.get(key, 0)
