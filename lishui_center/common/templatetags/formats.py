"""How facts are written on a page. `{% load formats %}`.

{{ slot.start|short_range:slot.end }}  11月25日（周三）14:00-14:30 / Wed 25 Nov, 14:00-14:30
{{ day|short_date }} {{ day|weekday }} {{ moment|short_moment }} {{ moment|clock }}
{{ cell|cell_clock }}                  14:30 for cell 58
{{ person.name|mask_name }} {{ phone|mask_phone }} {{ email|mask_email }}
"""

from datetime import datetime

from django import template

from lishui_center.common import clock, dates, masking

register = template.Library()

# Invisible; a line does not break at it.
WORD_JOINER = "\u2060"

register.filter("short_date", dates.short_date)
register.filter("weekday", dates.weekday)
register.filter("clock", dates.clock)
register.filter("short_moment", dates.short_moment)
register.filter("cell_clock", clock.clock_text)
register.filter("mask_name", masking.mask_name)
register.filter("mask_phone", masking.mask_phone)
register.filter("mask_email", masking.mask_email)


@register.filter
def short_range(start: datetime, end: datetime) -> str:
    """The day and both times, of which the times stay on one line."""
    return dates.short_range(start, end).replace("-", f"-{WORD_JOINER}")
