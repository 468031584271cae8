"""What is wrong with each row of a sheet, looked up for all rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from lishui_center.accounts.models import User
from lishui_center.common.dates import short_date
from lishui_center.common.encryption import lookup_hash
from lishui_center.common.phones import BadPhoneError, normalise_phone
from volunteers.importing.rules import NAME_LENGTH, Row, day_of
from volunteers.teams.access import teams_staffed_by
from volunteers.teams.models import Membership, Team

OLDEST = date(2000, 1, 1)


@dataclass
class Checked:
    """A row with what it means and what is wrong with it; `user` None is an account to open."""

    row: Row
    team: Team | None = None
    phone: str = ""
    since: date | None = None
    user: User | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether an account is opened for the person."""
        return self.user is None and not self.faults


@dataclass(frozen=True)
class Known:
    """What the rows are held against."""

    teams: dict[str, Team]
    people: dict[str, User]
    memberships: dict[tuple[int, int], list[Membership]]


def check_rows(rows: Sequence[Row], *, by: User, day: date) -> list[Checked]:
    """Every row with its faults; at most four queries, however many rows there are."""
    checked = [_read(row, day) for row in rows]
    known = _known(checked, by, day)
    for one in checked:
        one.team = known.teams.get(one.row.team.lower())
        one.user = known.people.get(lookup_hash(one.phone)) if one.phone else None
        one.faults += _about_team(one) + _about_person(one, by) + _about_term(one, known)
    _find_doubles(checked)
    return checked


def has_faults(checked: Sequence[Checked]) -> bool:
    """Whether a row stands in the way of all."""
    return any(one.faults for one in checked)


def _read(row: Row, day: date) -> Checked:
    """What can be said of a row by itself."""
    one = Checked(row, since=day)
    if not row.name:
        one.faults.append(_("The name is missing."))
    if len(row.name) > NAME_LENGTH:
        one.faults.append(_("The name is longer than %(most)s signs.") % {"most": NAME_LENGTH})
    try:
        one.phone = normalise_phone(row.phone)
    except BadPhoneError:
        one.faults.append(_("This is no mobile number of 11 digits."))
    try:
        one.since = day_of(row.since) or day
    except ValueError:
        one.since = None
        one.faults.append(_("The day cannot be read. Please write it like 2026-11-25."))
    else:
        if not OLDEST <= one.since <= day:
            one.faults.append(_("The day lies in the future, or too far back."))
    return one


def _known(checked: Sequence[Checked], by: User, day: date) -> Known:
    codes = {one.row.team.lower() for one in checked}
    hashes = {lookup_hash(one.phone) for one in checked if one.phone}
    teams = {team.code: team for team in teams_staffed_by(by, day).filter(code__in=codes)}
    people = {user.phone_hash: user for user in User.objects.filter(phone_hash__in=hashes)}
    memberships: dict[tuple[int, int], list[Membership]] = {}
    for member in Membership.objects.filter(
        team__in=[team.pk for team in teams.values()],
        user__in=[user.pk for user in people.values()],
    ):
        memberships.setdefault((member.team_id, member.user_id), []).append(member)
    return Known(teams, people, memberships)


def _about_team(one: Checked) -> list[str]:
    if not one.row.team:
        return [_("The code of the team is missing.")]
    if one.team is None:
        return [_("There is no team with this code at your centres.")]
    return [] if one.team.is_active else [_("This team takes nobody at present.")]


def _about_person(one: Checked, by: User) -> list[str]:
    if one.user is None:
        return []
    if one.user == by:
        return [_("This is your own number: a colleague enters you.")]
    is_gone = one.user.closed_at is not None or not one.user.is_active
    return [_("The account with this number is closed.")] if is_gone else []


def _about_term(one: Checked, known: Known) -> list[str]:
    """A person in the team already, or who was in it on the day given."""
    if one.team is None or one.user is None or one.since is None:
        return []
    found = known.memberships.get((one.team.pk, one.user.pk), [])
    if any(member.ends_on is None for member in found):
        return [_("This person is in the team already.")]
    last = max((member.ends_on for member in found if member.ends_on), default=None)
    if last is None or last < one.since:
        return []
    return [
        _("This person was in the team until %(day)s; the new term begins after that.")
        % {"day": short_date(last)}
    ]


def _find_doubles(checked: Sequence[Checked]) -> None:
    """The same person twice in one team, or one number with two names."""
    first: dict[tuple[str, str], int] = {}
    names: dict[str, Checked] = {}
    for one in checked:
        if not one.phone:
            continue
        key = (one.row.team.lower(), one.phone)
        if key in first:
            words = _("The same person stands in row %(number)s already.")
            one.faults.append(words % {"number": first[key]})
        first.setdefault(key, one.row.number)
        other = names.setdefault(one.phone, one)
        if other.row.name != one.row.name:
            words = _("Row %(number)s has the same number with another name.")
            one.faults.append(words % {"number": other.row.number})
