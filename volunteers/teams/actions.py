"""Keeping teams and who belongs to them. Only this file writes teams and memberships."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.centres.actions import save_setting
from volunteers.teams.access import vouches_for
from volunteers.teams.asking import AskedOfTeam, AskState
from volunteers.teams.errors import (
    LeaderStaysError,
    MemberAlreadyError,
    NotInTeamError,
    TeamNotActiveError,
    TeamNotYoursError,
)
from volunteers.teams.models import MemberRole, Membership, Team, TeamState

DAY = timedelta(days=1)


@transaction.atomic
def save_team(*, team: Team, by: User, now: datetime) -> Team:
    """Store a new or changed team; the audit keeps what differs.

    Raises:
        TeamNotYoursError: it is, or was, a team of another centre; nothing was written.
    """
    before = Team.objects.filter(pk=team.pk).first()
    for known in filter(None, (before, team)):
        if not vouches_for(by, known, today(now)):
            raise TeamNotYoursError
    save_setting(row=team, by=by)
    return team


@transaction.atomic
def leave_team(*, membership_id: int, by: User, now: datetime) -> Membership:
    """End one's own membership today; the hours stay.

    Raises:
        NotInTeamError, LeaderStaysError: nothing changed.
    """
    member = lock_membership(membership_id)
    if member.user_id != by.pk:
        raise NotInTeamError
    end_membership(member, today(now))
    record(by, "team.left", member, centre_id=member.team.centre_id, team=member.team_id)
    return member


def lock_team(pk: int, *, active: bool = True) -> Team:
    """The team's row, so that nobody joins while it is disbanded. Within a transaction.

    Raises:
        TeamNotActiveError: `active` was asked for, and it is not.
    """
    team = Team.objects.select_for_update(no_key=True).get(pk=pk)
    if active and not team.is_active:
        raise TeamNotActiveError
    return team


def lock_membership(pk: int) -> Membership:
    """The open membership with its team, as it is now. Within a transaction.

    Raises:
        NotInTeamError: it has ended meanwhile.
    """
    found = Membership.objects.select_for_update(of=("self",), no_key=True).open()
    member = found.select_related("team", "user").filter(pk=pk).first()
    if member is None:
        raise NotInTeamError
    return member


def enrol(team: Team, user: User, day: date) -> Membership:
    """Make the person a member from that day. Within a transaction.

    Raises:
        MemberAlreadyError: the constraint's word, also when two do it at once.
    """
    try:
        with transaction.atomic():
            return Membership.objects.create(team=team, user=user, starts_on=day)
    except IntegrityError as refusal:
        raise MemberAlreadyError from refusal


def end_membership(member: Membership, day: date) -> None:
    """The last day in the team. A deputy's powers end at once, not with the day.

    Within a transaction.

    Raises:
        LeaderStaysError: somebody else must lead first.
    """
    if member.leads:
        raise LeaderStaysError
    close_membership(change_role(member, MemberRole.MEMBER, day), day)


def close_membership(member: Membership, day: date) -> None:
    """End it that day, whatever the role. Within a transaction."""
    member.ends_on = max(day, member.starts_on)
    member.save(update_fields=["ends_on"])


def close_all(team: Team, day: date) -> list[Membership]:
    """End every membership of the team that day; they are the answer. Within a transaction."""
    members = list(Membership.objects.filter(team=team).open().select_related("user"))
    for member in members:
        member.ends_on = max(day, member.starts_on)
    Membership.objects.bulk_update(members, ["ends_on"], batch_size=200)
    return members


def change_role(member: Membership, role: MemberRole, day: date) -> Membership:
    """The same person in another role from that day: a term of its own, and the answer.

    The term before ends the day before, so that no day has two; a term that began today is
    changed instead. Within a transaction.
    """
    if member.role == role:
        return member
    if member.starts_on >= day:
        member.role = role
        member.save(update_fields=["role"])
        return member
    close_membership(member, day - DAY)
    return Membership.objects.create(team=member.team, user=member.user, role=role, starts_on=day)


def answer_once(asked: AskedOfTeam, state: AskState, *, among: QuerySet[Any]) -> bool:
    """Write the answer, once: of two at the same moment the later finds nothing open.

    `among` are the open ones of its kind. Within a transaction.
    """
    asked.state = state
    written = among.filter(pk=asked.pk).update(
        state=state,
        decided_by=asked.decided_by,
        decided_at=asked.decided_at,
        reason=asked.reason,
    )
    return bool(written)


def set_state(team: Team, state: TeamState, *, reason: str, day: date) -> None:
    """Write the state, since when, and why. Within a transaction."""
    team.state, team.state_on, team.state_reason = state, day, reason
    team.save(update_fields=["state", "state_on", "state_reason"])
