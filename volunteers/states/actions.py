"""Letting a team rest, waking it, and disbanding it."""

from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.standing.rules import clean_words
from volunteers.joining.actions import lapse_requests
from volunteers.leadership.actions import lapse_proposals
from volunteers.states.access import dormant_teams, gone_quiet, has_woken, may_set
from volunteers.states.errors import DisbandedError, SameStateError
from volunteers.states.messages import tell_state
from volunteers.teams.access import deciders_of
from volunteers.teams.actions import close_all, lock_team, set_state
from volunteers.teams.errors import TeamNotYoursError, TeamWordsMissingError
from volunteers.teams.models import WORDS_LENGTH, Team, TeamState


@transaction.atomic
def change_state(*, team: Team, state: TeamState, reason: str, by: User, now: datetime) -> Team:
    """Let the team rest, wake it, or disband it for good.

    A disbanded team's memberships end today, and with them what could be recorded for later days;
    what waits for an answer lapses. The past stays.

    Raises:
        TeamNotYoursError, TeamWordsMissingError, DisbandedError, SameStateError: nothing changed.
    """
    if not may_set(by, team, state, today(now)):
        raise TeamNotYoursError
    words = clean_words(reason)[:WORDS_LENGTH]
    if not words:
        raise TeamWordsMissingError
    locked = lock_team(team.pk, active=False)
    if locked.state == TeamState.DISBANDED:
        raise DisbandedError
    if locked.state == state:
        raise SameStateError
    if state == TeamState.DISBANDED:
        _disband(locked, words, by=by, now=now)
    else:
        _set(locked, state, words, by=by, now=now)
    return locked


def review_team(*, team_id: int, now: datetime) -> TeamState | None:
    """Set a quiet team to rest, or wake one that served or met again; the new state, if it changed.

    Safe to run twice: the state is looked at under the team's lock.
    """
    with transaction.atomic():
        team = lock_team(team_id, active=False)
        if team.state == TeamState.ACTIVE and gone_quiet(now).filter(pk=team_id).exists():
            _set(team, TeamState.DORMANT, "", by=None, now=now)
            return TeamState.DORMANT
        if team.state == TeamState.DORMANT and has_woken(team, now):
            _set(team, TeamState.ACTIVE, "", by=None, now=now)
            return TeamState.ACTIVE
        return None


def review_teams(*, now: datetime) -> int:
    """Look at every team that may have gone quiet or woken; how many changed."""
    quiet = gone_quiet(now).values_list("pk", flat=True)
    resting = dormant_teams().values_list("pk", flat=True)
    states = [review_team(team_id=pk, now=now) for pk in sorted({*quiet, *resting})]
    return sum(state is not None for state in states)


def _set(team: Team, state: TeamState, words: str, *, by: User | None, now: datetime) -> None:
    set_state(team, state, reason=words, day=today(now))
    record(by, f"team.{state}", team, centre_id=team.centre_id, reason=words)
    tell_state(team, deciders_of(team), now=now)


def _disband(team: Team, words: str, *, by: User, now: datetime) -> None:
    members = close_all(team, today(now))
    set_state(team, TeamState.DISBANDED, reason=words, day=today(now))
    requests, proposals = lapse_requests(team), lapse_proposals(team)
    record(
        by,
        "team.disbanded",
        team,
        centre_id=team.centre_id,
        reason=words,
        members=len(members),
        requests=requests,
        proposals=proposals,
    )
    tell_state(team, [member.user for member in members], now=now)
