"""The daily figures behind the rates, as a file: parts and wholes of every centre and team."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import OFFICE_ROLES
from lishui_center.common.tables import Asked, Column, Table
from services.requests.access import centres_to_report_at
from services.resolution.access import rates_seen_by, team_names
from services.resolution.models import RateQuerySet
from services.resolution.rate_forms import RateForm


def _rows(asked: Asked) -> RateQuerySet:
    form = RateForm(dict(asked.params), centres=centres_to_report_at())
    wanted = form.wanted(asked.day)
    return rates_seen_by(asked.user, wanted, asked.day).select_related("centre")


def _columns(_asked: Asked) -> tuple[Column, ...]:
    teams = team_names()
    return (
        Column(_("Day"), lambda row: row.date),
        Column(_("Centre"), lambda row: row.centre.short_name),
        Column(_("About"), lambda row: row.get_category_display()),
        Column(_("Team"), lambda row: teams.get(row.team, row.team)),
        Column(_("First answers in time"), lambda row: row.first_in_time),
        Column(_("First answers decided"), lambda row: row.first_due),
        Column(pgettext_lazy("rate", "Solved in time"), lambda row: row.resolved_in_time),
        Column(_("Solutions decided"), lambda row: row.resolution_due),
        Column(_("Satisfied people"), lambda row: row.satisfied),
        Column(_("People who answered"), lambda row: row.answered),
        Column(pgettext_lazy("rate", "Closed without an answer"), lambda row: row.unanswered),
        Column(_("Formula"), lambda row: row.formula),
    )


RATES = Table(
    "need-rates", pgettext_lazy("needs", "Rates of needs by day"), OFFICE_ROLES, _rows, _columns
)
