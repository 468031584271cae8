"""All terms of engagement, as a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import TRAIL_READERS
from lishui_center.common.tables import Asked, Column, Table
from thinktank.experts.access import engagements_for_office
from thinktank.experts.models import EngagementQuerySet

COLUMNS = (
    Column(_("Number of the letter"), lambda term: term.letter_no),
    Column(pgettext_lazy("think tank", "Member"), lambda term: term.expert.name),
    Column(_("Field"), lambda term: term.expert.get_field_display()),
    Column(_("First day"), lambda term: term.starts_on),
    Column(_("Last day"), lambda term: term.last_day),
    Column(_("State"), lambda term: term.get_state_display()),
    Column(_("Reason"), lambda term: term.reason),
)


def _rows(asked: Asked) -> EngagementQuerySet:
    return engagements_for_office(asked.user, asked.day)


ENGAGEMENTS = Table(
    "engagements", _("Terms of engagement"), TRAIL_READERS, _rows, lambda _asked: COLUMNS
)
