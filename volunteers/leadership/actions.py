"""Proposing a leader or deputy, deciding on it, and ending a deputy's term."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.standing.rules import clean_words
from volunteers.leadership.access import is_party_to, may_decide_on, may_propose
from volunteers.leadership.errors import (
    HasRoleError,
    ProposalOverError,
    ProposedAlreadyError,
    ThirdPersonError,
)
from volunteers.leadership.messages import tell_decision, tell_ended
from volunteers.leadership.models import RoleProposal
from volunteers.teams.actions import answer_once, change_role, lock_membership, lock_team
from volunteers.teams.asking import AskState
from volunteers.teams.errors import NotInTeamError, TeamNotYoursError, TeamWordsMissingError
from volunteers.teams.models import WORDS_LENGTH, MemberRole, Membership, Team


@transaction.atomic
def propose_role(
    *, team: Team, candidate: User, role: MemberRole, words: str, by: User, now: datetime
) -> RoleProposal:
    """Propose a member as deputy, or as the next leader.

    Raises:
        TeamNotYoursError, ThirdPersonError, TeamWordsMissingError, NotInTeamError, HasRoleError,
        ProposedAlreadyError: nothing was written.
    """
    if not may_propose(by, team, today(now)):
        raise TeamNotYoursError
    if candidate == by:
        raise ThirdPersonError
    said = clean_words(words)[:WORDS_LENGTH]
    if not said:
        raise TeamWordsMissingError
    lock_team(team.pk, active=False)
    _check_rises(_membership(team, candidate), role)
    try:
        with transaction.atomic():
            proposal = RoleProposal.objects.create(
                team=team,
                candidate=candidate,
                role=role,
                proposed_by=by,
                words=said,
                proposed_at=now,
            )
    except IntegrityError as refusal:
        raise ProposedAlreadyError from refusal
    _record(by, "role.proposed", proposal)
    return proposal


@transaction.atomic
def decide_proposal(
    *, proposal_id: int, accepted: bool, reason: str, by: User, now: datetime
) -> RoleProposal:
    """Accept, and the roles change today; or refuse with a reason. Both sides are told.

    The old leader becomes a member in the same transaction. The team's row is locked, and the
    constraint on one leader holds even without: of two changes at one moment one is refused.

    Raises:
        TeamNotYoursError, ThirdPersonError, TeamWordsMissingError, ProposalOverError,
        NotInTeamError, HasRoleError: nothing changed.
    """
    proposal = RoleProposal.objects.for_list().get(pk=proposal_id)
    if not may_decide_on(by, proposal, today(now)):
        raise TeamNotYoursError
    if is_party_to(by, proposal):
        raise ThirdPersonError
    proposal.reason = clean_words(reason)[:WORDS_LENGTH]
    if not accepted and not proposal.reason:
        raise TeamWordsMissingError
    lock_team(proposal.team_id, active=False)
    proposal.decided_by, proposal.decided_at = by, now
    _close(proposal, AskState.ACCEPTED if accepted else AskState.REFUSED)
    gone = _change_hands(proposal, now) if accepted else None
    _record(by, f"role.{proposal.state}", proposal, reason=proposal.reason)
    tell_decision(proposal, others=[gone] if gone else [], now=now)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal_id: int, by: User) -> None:
    """Take one's own proposal back before it is decided.

    Raises:
        ProposalOverError: it is decided, or somebody else's; nothing changed.
    """
    own = RoleProposal.objects.for_list().filter(pk=proposal_id, proposed_by=by)
    proposal = own.first()
    if proposal is None:
        raise ProposalOverError
    _close(proposal, AskState.WITHDRAWN)
    _record(by, "role.withdrawn", proposal)


@transaction.atomic
def end_deputy(*, membership_id: int, by: User, now: datetime) -> Membership:
    """Make a deputy a plain member again, at once: by the leader, the staff, or the deputy.

    Raises:
        NotInTeamError, TeamNotYoursError: nothing changed.
    """
    member = lock_membership(membership_id)
    if member.role != MemberRole.DEPUTY:
        raise NotInTeamError
    is_own = member.user_id == by.pk
    if not (is_own or may_propose(by, member.team, today(now))):
        raise TeamNotYoursError
    ended = change_role(member, MemberRole.MEMBER, today(now))
    record(
        by, "role.ended", ended, centre_id=member.team.centre_id, team=member.team_id, own=is_own
    )
    if not is_own:
        tell_ended(ended, now=now)
    return ended


def lapse_proposals(team: Team) -> int:
    """End what waits for a decision in a team that is no more. Within a transaction."""
    return RoleProposal.objects.filter(team=team).asked().update(state=AskState.LAPSED)


def _membership(team: Team, user: User) -> Membership:
    found = Membership.objects.of(user).open().select_related("user")
    member = found.filter(team=team).first()
    if member is None:
        raise NotInTeamError
    return member


def _check_rises(member: Membership, role: MemberRole) -> None:
    if member.leads or member.role == role:
        raise HasRoleError


def _close(proposal: RoleProposal, state: AskState) -> None:
    if not answer_once(proposal, state, among=RoleProposal.objects.asked()):
        raise ProposalOverError


def _change_hands(proposal: RoleProposal, now: datetime) -> User | None:
    """Give the candidate the role; a leader who makes room for them is the answer."""
    day, gone = today(now), None
    member = _membership(proposal.team, proposal.candidate)
    _check_rises(member, MemberRole(proposal.role))
    if proposal.role == MemberRole.LEADER:
        led = Membership.objects.open().filter(team=proposal.team, role=MemberRole.LEADER)
        if old := led.select_related("team", "user").first():
            change_role(old, MemberRole.MEMBER, day)
            gone = old.user
    change_role(member, MemberRole(proposal.role), day)
    return gone


def _record(by: User, action: str, proposal: RoleProposal, *, reason: str = "") -> None:
    record(
        by,
        action,
        proposal,
        centre_id=proposal.team.centre_id,
        reason=reason,
        team=proposal.team_id,
        candidate=proposal.candidate_id,
        role=proposal.role,
    )
