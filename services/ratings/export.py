"""Ratings and the cases of the bad ones, as a file."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.language import in_language
from lishui_center.common.tables import Asked, Column, Table, Value
from services.centres.access import centres_managed_by
from services.ratings.access import ratings_seen_by
from services.ratings.models import Rating, RatingQuerySet
from services.ratings.staff_forms import USUAL, PeriodForm


def _rows(asked: Asked) -> RatingQuerySet:
    query = {"days": str(USUAL), **asked.params}
    form = PeriodForm(query, centres=centres_managed_by(asked.user, asked.day))
    return ratings_seen_by(asked.user, form.wanted(asked.day), asked.day).for_list()


def _tags(rating: Rating) -> str:
    return in_language("、", ", ").join(rating.tag_names)


def _case(field: str) -> Callable[[Rating], Value]:
    """What the case says; nothing where the rating is a good one."""
    return lambda rating: getattr(rating.case, field) if rating.case else None


COLUMNS = (
    Column(_("Rating"), lambda rating: rating.get_score_display()),
    Column(_("Score"), lambda rating: rating.score),
    Column(_("About"), _tags),
    Column(_("In words"), lambda rating: rating.text),
    Column(_("Visit"), lambda rating: rating.ticket.date),
    Column(_("Part of the day"), lambda rating: rating.band.label),
    Column(_("Centre"), lambda rating: rating.ticket.centre.short_name),
    Column(_("Group of windows"), lambda rating: rating.ticket.pool.name),
    Column(_("Case"), lambda rating: rating.case and rating.case.get_state_display()),
    Column(_("To be closed by"), _case("due_on")),
    Column(_("Called back"), lambda rating: rating.case and rating.case.get_call_back_display()),
    Column(_("Case closed"), _case("closed_at")),
)

RATINGS = Table("ratings", _("Ratings"), MANAGER_ROLES, _rows, lambda _asked: COLUMNS)
