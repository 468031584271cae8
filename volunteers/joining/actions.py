"""Asking to join a team, the answer, taking the question back; and being taken out of a team."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.joining.errors import AskedAlreadyError, JoinOverError
from volunteers.joining.messages import tell_answer, tell_asked, tell_removed
from volunteers.joining.models import JoinRequest
from volunteers.teams.access import decides_for, vouches_for
from volunteers.teams.actions import (
    answer_once,
    end_membership,
    enrol,
    lock_membership,
    lock_team,
)
from volunteers.teams.asking import AskState
from volunteers.teams.errors import (
    LeaderStaysError,
    MemberAlreadyError,
    NotInTeamError,
    TeamNotYoursError,
    TeamWordsMissingError,
)
from volunteers.teams.models import WORDS_LENGTH, Membership, Team


@transaction.atomic
def ask_to_join(
    *, team: Team, user: User, words: str, leaving: Membership | None = None, now: datetime
) -> JoinRequest:
    """Ask the team, maybe in exchange for another membership; its leaders are told.

    Raises:
        TeamNotActiveError, TeamWordsMissingError, MemberAlreadyError, NotInTeamError,
        LeaderStaysError, AskedAlreadyError: nothing was written.
    """
    said = clean_words(words)[:WORDS_LENGTH]
    if not said:
        raise TeamWordsMissingError
    lock_team(team.pk)
    if Membership.objects.of(user).open().filter(team=team).exists():
        raise MemberAlreadyError
    if leaving:
        _check_leaving(leaving, user)
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(
                team=team, user=user, words=said, leaving=leaving, asked_at=now
            )
    except IntegrityError as refusal:
        raise AskedAlreadyError from refusal
    record(user, "join.asked", asked, centre_id=team.centre_id, team=team.pk)
    tell_asked(asked, now=now)
    return asked


@transaction.atomic
def answer_request(
    *, request_id: int, accepted: bool, reason: str, by: User, now: datetime
) -> JoinRequest:
    """Take the person in, or not, with a reason; and tell them. Nobody answers their own.

    In a change of teams the old membership ends and the new one begins together. The team's row
    is locked first, so that it is not disbanded meanwhile; the conditional update lets one of two
    answers through.

    Raises:
        OwnRecordError, TeamNotYoursError, JoinOverError, TeamNotActiveError, MemberAlreadyError,
        LeaderStaysError, TeamWordsMissingError: nothing changed.
    """
    asked = JoinRequest.objects.for_list().get(pk=request_id)
    if asked.user_id == by.pk:
        raise OwnRecordError
    if not decides_for(by, asked.team, today(now)):
        raise TeamNotYoursError
    asked.reason = clean_words(reason)[:WORDS_LENGTH]
    if not accepted and not asked.reason:
        raise TeamWordsMissingError
    asked.team = lock_team(asked.team_id, active=accepted)
    asked.decided_by, asked.decided_at = by, now
    _close(asked, AskState.ACCEPTED if accepted else AskState.REFUSED)
    if accepted:
        _take_in(asked, now)
    record(
        by,
        f"join.{asked.state}",
        asked,
        centre_id=asked.team.centre_id,
        reason=asked.reason,
        team=asked.team_id,
        left=asked.leaving.team_id if accepted and asked.leaving else None,
    )
    tell_answer(asked, now=now)
    return asked


@transaction.atomic
def withdraw_request(*, request_id: int, by: User) -> None:
    """Take one's own question back before it is answered.

    Raises:
        JoinOverError: it is answered, or somebody else's; nothing changed.
    """
    asked = JoinRequest.objects.of(by).for_list().filter(pk=request_id).first()
    if asked is None:
        raise JoinOverError
    _close(asked, AskState.WITHDRAWN)
    record(by, "join.withdrawn", asked, centre_id=asked.team.centre_id, team=asked.team_id)


@transaction.atomic
def remove_member(*, membership_id: int, reason: str, by: User, now: datetime) -> Membership:
    """End somebody else's membership today, for a reason they are told; their hours stay.

    The centre's staff do. Whoever leads the team is replaced first (leadership.actions).

    Raises:
        NotInTeamError, OwnRecordError, TeamNotYoursError, TeamWordsMissingError, LeaderStaysError:
            nothing changed.
    """
    member = lock_membership(membership_id)
    if member.user_id == by.pk:
        raise OwnRecordError
    if not vouches_for(by, member.team, today(now)):
        raise TeamNotYoursError
    words = clean_words(reason)[:WORDS_LENGTH]
    if not words:
        raise TeamWordsMissingError
    end_membership(member, today(now))
    record(
        by,
        "team.member_removed",
        member,
        centre_id=member.team.centre_id,
        reason=words,
        team=member.team_id,
        member=member.user_id,
    )
    tell_removed(member, words, now=now)
    return member


def lapse_requests(team: Team) -> int:
    """End what waits for an answer of a team that is no more. Within a transaction."""
    return JoinRequest.objects.filter(team=team).asked().update(state=AskState.LAPSED)


def _check_leaving(leaving: Membership, user: User) -> None:
    if leaving.user_id != user.pk or leaving.ends_on:
        raise NotInTeamError
    if leaving.leads:
        raise LeaderStaysError


def _close(asked: JoinRequest, state: AskState) -> None:
    if not answer_once(asked, state, among=JoinRequest.objects.asked()):
        raise JoinOverError


def _take_in(asked: JoinRequest, now: datetime) -> None:
    """The new membership begins today; one that is left ends today, if it has not already."""
    day = today(now)
    if asked.leaving_id:
        found = Membership.objects.select_for_update(of=("self",), no_key=True).open()
        if left := found.select_related("team", "user").filter(pk=asked.leaving_id).first():
            end_membership(left, day)
    enrol(asked.team, asked.user, day)
