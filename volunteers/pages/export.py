"""Teams and their members, as files; names and phones are masked."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.masking import mask_phone
from lishui_center.common.tables import Asked, Column, Table
from volunteers.pages.access import centres_of_staff, teams_to_staff
from volunteers.pages.forms import StaffFindForm
from volunteers.teams.access import teams_staffed_by
from volunteers.teams.models import Membership, MembershipQuerySet, Team, TeamQuerySet


def _place(team: Team) -> str:
    return team.centre.short_name if team.centre else str(_("Whole town"))


def _leader(team: Team) -> str:
    leaders: list[Membership] = getattr(team, "leaders", [])
    return leaders[0].user.masked_name if leaders else ""


TEAM_COLUMNS = (
    Column(pgettext_lazy("team", "Code"), lambda team: team.code),
    Column(_("Team"), lambda team: team.name),
    Column(_("Kind of team"), lambda team: team.get_kind_display()),
    Column(_("Centre"), _place),
    Column(_("State"), lambda team: team.get_state_display()),
    Column(_("Leader"), _leader),
    Column(_("Members"), lambda team: team.members),
)

MEMBER_COLUMNS = (
    Column(_("Team"), lambda member: member.team.name),
    Column(_("Centre"), lambda member: _place(member.team)),
    Column(pgettext_lazy("person", "Name"), lambda member: member.user.masked_name),
    Column(_("Mobile number"), lambda member: mask_phone(member.user.phone)),
    Column(_("Role in the team"), lambda member: member.get_role_display()),
    Column(pgettext_lazy("day", "Since"), lambda member: member.starts_on),
    Column(pgettext_lazy("day", "Until"), lambda member: member.ends_on),
)


def _teams(asked: Asked) -> TeamQuerySet:
    form = StaffFindForm(asked.params, centres=centres_of_staff(asked.user, asked.day))
    return teams_to_staff(asked.user, form.wanted(), asked.day)


def _members(asked: Asked) -> MembershipQuerySet:
    """Of one team, or of all the person works for; ended terms with `?ended=1`."""
    teams = teams_staffed_by(asked.user, asked.day)
    if code := asked.params.get("team", ""):
        teams = teams.filter(code=code)
    found = Membership.objects.filter(team__in=teams.values("pk"))
    if not asked.params.get("ended"):
        found = found.open()
    return found.by_role().select_related("team__centre").order_by("team__code", "starts_on", "pk")


TEAMS = Table("teams", _("Volunteer teams"), STAFF_ROLES, _teams, lambda _asked: TEAM_COLUMNS)
TEAM_MEMBERS = Table(
    "team-members", _("Members"), STAFF_ROLES, _members, lambda _asked: MEMBER_COLUMNS
)
