"""Who proposes for a role, and who decides on it."""

from datetime import date

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.leadership.models import ProposalQuerySet, RoleProposal
from volunteers.teams.access import is_leader, manages_team, people_of, vouches_for
from volunteers.teams.models import MemberRole, Membership, MembershipQuerySet, Team


def proposals_of(team: Team) -> ProposalQuerySet:
    """What waits for a decision, the longest waiting first."""
    return RoleProposal.objects.filter(team=team).asked().for_list()


def get_proposal(team: Team, pk: int) -> RoleProposal:
    """A proposal that was ever made for the team, or 404."""
    return get_object_or_404(RoleProposal.objects.for_list().filter(team=team), pk=pk)


def get_team_led(user: User, code: str) -> Team:
    """The team, or 404 for anyone but its one leader."""
    led = Membership.objects.of(user).open().filter(role=MemberRole.LEADER)
    return get_object_or_404(Team.objects.filter(pk__in=led.values("team")), code=code)


def candidates_of(team: Team, by: User) -> MembershipQuerySet:
    """Who could be proposed: members and deputies, nobody for themselves."""
    return people_of(team).exclude(role=MemberRole.LEADER).exclude(user=by)


def may_propose(user: User, team: Team, day: date) -> bool:
    """The leader, and whoever works at the team's centre."""
    return vouches_for(user, team, day) or is_leader(user, team)


def may_decide_on(user: User, proposal: RoleProposal, day: date) -> bool:
    """Staff of the centre on a deputy; its manager, or an administrator, on a leader."""
    if proposal.role == MemberRole.LEADER:
        return manages_team(user, proposal.team, day)
    return vouches_for(user, proposal.team, day)


def is_party_to(user: User, proposal: RoleProposal) -> bool:
    """Whether it is about the person: as candidate, proposer, or the leader who would go."""
    if user.pk in (proposal.candidate_id, proposal.proposed_by_id):
        return True
    return proposal.role == MemberRole.LEADER and is_leader(user, proposal.team)
