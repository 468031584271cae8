"""Leaders and deputies: proposed by one, decided by another."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.services import NOW, CentreFactory
from tests.factories.teams import proposed
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.leadership.actions import decide_proposal, end_deputy, withdraw_proposal
from volunteers.leadership.errors import (
    HasRoleError,
    ProposalOverError,
    ProposedAlreadyError,
    ThirdPersonError,
)
from volunteers.leadership.models import RoleProposal
from volunteers.teams.asking import AskState
from volunteers.teams.errors import NotInTeamError, TeamNotYoursError, TeamWordsMissingError
from volunteers.teams.models import MemberRole, Membership

pytestmark = pytest.mark.django_db
DAY = today(NOW)


@pytest.fixture
def team():
    return TeamFactory(centre=CentreFactory())


@pytest.fixture
def leader(team):
    return member_of(team, role=MemberRole.LEADER)


@pytest.fixture
def clerk(team):
    return staff_at(team.centre_id)


@pytest.fixture
def manager(team):
    return staff_at(team.centre_id, role=Role.CENTRE_MANAGER)


def decide(proposal, by, *, accepted=True, reason=""):
    return decide_proposal(
        proposal_id=proposal.pk, accepted=accepted, reason=reason, by=by, now=NOW
    )


def roles(team):
    return {member.user: member.role for member in Membership.objects.filter(team=team).open()}


def test_staff_decide_on_the_deputy_a_leader_proposed(team, leader, clerk):
    proposal = proposed(team, by=leader)

    decide(proposal, clerk)

    assert roles(team)[proposal.candidate] == MemberRole.DEPUTY
    assert Notification.objects.filter(kind="team_role_decided").count() == 2
    assert Event.objects.filter(action="role.accepted").exists()


def test_a_successor_takes_over_in_one_step(team, leader, manager):
    proposal = proposed(team, by=leader, role=MemberRole.LEADER)

    decide(proposal, manager)

    assert roles(team) == {leader: MemberRole.MEMBER, proposal.candidate: MemberRole.LEADER}
    past = Membership.objects.get(user=leader, role=MemberRole.LEADER)
    assert past.ends_on == DAY - timedelta(days=1)
    assert Membership.objects.of(leader).on(DAY).count() == 1


def test_a_term_that_began_today_is_changed_not_doubled(team, manager, clerk):
    first = proposed(
        team, by=clerk, role=MemberRole.LEADER, candidate=member_of(team, starts_on=DAY)
    )
    decide(first, manager)

    decide(proposed(team, by=clerk, role=MemberRole.LEADER), manager)

    assert Membership.objects.filter(user=first.candidate).count() == 1
    assert roles(team)[first.candidate] == MemberRole.MEMBER


def test_who_proposes_does_not_decide(team, manager, leader):
    with pytest.raises(ThirdPersonError):
        decide(proposed(team, by=manager, role=MemberRole.LEADER), manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleProposal.objects.update(state="accepted", decided_by=manager, decided_at=NOW)


def test_who_is_meant_or_has_to_go_does_not_decide(team, clerk):
    candidate = staff_at(team.centre_id, role=Role.CENTRE_MANAGER)
    member_of(team, user=candidate)
    old = staff_at(team.centre_id, role=Role.CENTRE_MANAGER)
    member_of(team, user=old, role=MemberRole.LEADER)
    proposal = proposed(team, by=clerk, candidate=candidate, role=MemberRole.LEADER)

    for person in (candidate, old):
        with pytest.raises(ThirdPersonError):
            decide(proposal, person)
    with pytest.raises(ThirdPersonError):
        proposed(team, by=candidate, candidate=candidate)


def test_a_leader_is_the_managers_decision(team, leader, clerk):
    proposal = proposed(team, by=leader, role=MemberRole.LEADER)

    for person in (clerk, member_of(team, role=MemberRole.DEPUTY), town_wide(Role.AUDITOR)):
        with pytest.raises(TeamNotYoursError):
            decide(proposal, person)
    assert decide(proposal, town_wide(Role.TOWN_ADMIN)).state == AskState.ACCEPTED


def test_only_the_leader_and_staff_propose_and_only_members(team, leader):
    with pytest.raises(TeamNotYoursError):
        proposed(team, by=member_of(team, role=MemberRole.DEPUTY))
    with pytest.raises(NotInTeamError):
        proposed(team, by=leader, candidate=UserFactory())
    with pytest.raises(HasRoleError):
        proposed(team, by=leader, candidate=member_of(team, role=MemberRole.DEPUTY))


def test_one_leader_is_proposed_at_a_time(team, leader, clerk):
    first = proposed(team, by=leader, role=MemberRole.LEADER)

    with pytest.raises(ProposedAlreadyError):
        proposed(team, by=clerk, role=MemberRole.LEADER)
    withdraw_proposal(proposal_id=first.pk, by=leader)

    assert proposed(team, by=clerk, role=MemberRole.LEADER).state == AskState.ASKED


def test_of_two_decisions_one_counts_and_a_refusal_takes_a_reason(team, leader, manager):
    proposal = proposed(team, by=leader)
    with pytest.raises(TeamWordsMissingError):
        decide(proposal, manager, accepted=False)

    decide(proposal, manager, accepted=False, reason="再等等")

    with pytest.raises(ProposalOverError):
        decide(proposal, town_wide(Role.TOWN_ADMIN))
    assert roles(team)[proposal.candidate] == MemberRole.MEMBER


def test_no_two_leaders_whatever_raced(team, leader):
    with pytest.raises(IntegrityError), transaction.atomic():
        member_of(team, role=MemberRole.LEADER)


def test_a_candidate_who_left_takes_no_role(team, leader, manager):
    proposal = proposed(team, by=leader)
    Membership.objects.filter(user=proposal.candidate).update(ends_on=DAY)

    with pytest.raises(NotInTeamError):
        decide(proposal, manager)

    proposal.refresh_from_db()
    assert proposal.state == AskState.ASKED


def test_a_deputys_term_ends_at_once(team, leader):
    deputy = member_of(team, role=MemberRole.DEPUTY)
    term = Membership.objects.get(user=deputy)
    with pytest.raises(TeamNotYoursError):
        end_deputy(membership_id=term.pk, by=member_of(team), now=NOW)

    end_deputy(membership_id=term.pk, by=leader, now=NOW)

    assert roles(team)[deputy] == MemberRole.MEMBER
    assert Notification.objects.filter(kind="team_role_ended", user=deputy).exists()
