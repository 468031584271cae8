"""Hours as people read them."""

from django import template
from django.utils.translation import gettext as _

from volunteers.hours.access import minutes_for_project
from volunteers.projects.models import Project

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """'2 h 30 min' for 150; '2 h' for 120, '45 min' below an hour."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)s h") % {"hours": whole}
    if not whole:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}


@register.simple_tag
def minutes_for(project: Project) -> int:
    """Approved minutes of everybody for the project."""
    return minutes_for_project(project)


@register.filter
def signed(minutes: int) -> str:
    """'+30 min', '−2 h': what a correction comes to."""
    return ("+" if minutes > 0 else "\N{MINUS SIGN}") + hours(abs(minutes))
