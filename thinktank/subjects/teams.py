"""A volunteer team as a subject: its people, and the service that was approved."""

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thinktank.subjects.evidence import EvidenceTable, Period, both
from thinktank.subjects.registry import Kind, Subject
from volunteers.hours.models import HourEntry, HourState
from volunteers.teams.models import MemberRole, Membership, Team, TeamState

VERSION = "team-1"


def draw(code: str, period: Period) -> list[EvidenceTable]:
    """How many belong to the team on the last day, and what was approved, month by month."""
    members = Membership.objects.filter(team__code=code).on(period.last).order_by()
    by_role = dict(members.values_list("role").annotate(Count("user", distinct=True)))
    entries = HourEntry.objects.filter(
        team__code=code, state=HourState.APPROVED, date__range=(period.first, period.last)
    )
    months = entries.annotate(month=TruncMonth("date")).values_list("month").order_by("month")
    served = months.annotate(Count("pk"), Count("volunteer", distinct=True), Sum("minutes"))
    return [
        EvidenceTable(
            title=both(_("People of the team on the last day")),
            source="volunteers.teams.Membership",
            columns=[
                both(pgettext_lazy("evidence", "Role")),
                both(pgettext_lazy("evidence", "People")),
            ],
            rows=[[both(role.label), by_role.get(role, 0)] for role in MemberRole],
        ),
        EvidenceTable(
            title=both(_("Approved service, by month")),
            source="volunteers.hours.HourEntry",
            columns=[
                both(text)
                for text in (
                    pgettext_lazy("evidence", "Month"),
                    pgettext_lazy("evidence", "Records"),
                    pgettext_lazy("evidence", "People"),
                    pgettext_lazy("evidence", "Minutes"),
                )
            ],
            rows=[
                [f"{month:%Y-%m}", records, people, minutes]
                for month, records, people, minutes in served
            ],
        ),
    ]


def _subject(team: Team) -> Subject:
    return Subject("team", team.code, team.name_zh, team.name_en)


def _find(code: str) -> Subject | None:
    team = Team.objects.exclude(state=TeamState.DISBANDED).filter(code=code).first()
    return _subject(team) if team else None


TEAMS = Kind(
    name="team",
    label=_("Volunteer team"),
    version=VERSION,
    every=lambda: [_subject(team) for team in Team.objects.exclude(state=TeamState.DISBANDED)],
    find=_find,
    draw=draw,
)
