"""How far somebody is. `{% load recognition %}{% star_progress totals %}`."""

from django import template

from volunteers.hours.access import Totals
from volunteers.recognition.rules import hours_to_next

register = template.Library()


@register.inclusion_tag("volunteers/recognition/progress.html")
def star_progress(totals: Totals) -> dict[str, object]:
    """The way to the next star, and where stars and certificates are."""
    return {
        "minutes": totals.approved,
        "goal": totals.next_star and totals.next_star * 60,
        "next_star": totals.next_star,
        "missing": hours_to_next(totals.approved),
    }


@register.filter
def stars(level: int) -> str:
    """'★★☆☆☆' for 2; read out as words beside it."""
    return "★" * level + "☆" * (5 - level)
