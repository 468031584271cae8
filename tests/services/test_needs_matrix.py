"""Who may do what with a need: every person against every act, allowed and refused."""

import pytest
from django.db import transaction

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.dispatching.actions import take_step
from services.dispatching.steps import STEPS, Details
from services.requests.access import needs_seen_by, parties_of
from services.requests.errors import ActRefusedError
from services.requests.models import ServiceRequest
from services.requests.rules import BY_ACT, MOVES, Act, Party, State, acts_for, may_act
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.needs import Desk, report
from tests.factories.projects import project_in
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory
from volunteers.projects.rules import State as ProjectState

pytestmark = pytest.mark.django_db
DAY = today(NOW)

DESK = {Party.DESK}
LEADS = {Party.DESK, Party.MANAGER}

# A need of the town's centre, passed on to a village: who sees it, and in which parts.
PEOPLE = {
    "resident who reported it": (False, set()),
    "resident who follows it": (False, set()),
    "stranger": (False, set()),
    "clerk of the town's centre": (True, DESK),
    "manager of the town's centre": (True, LEADS),
    "clerk of the village": (True, {Party.UNIT}),
    "manager of the village": (True, {Party.UNIT}),
    "clerk elsewhere": (False, set()),
    "manager elsewhere": (False, set()),
    "town-wide clerk": (True, DESK | {Party.UNIT}),
    "town administrator": (True, LEADS | {Party.UNIT}),
    "auditor": (True, set()),
    "expert": (False, set()),
    "clerk who reported it": (True, set()),
}

# Which state an act is tried from, and which parts of a person open it.
FROM = {
    Act.TRIAGE: (State.SUBMITTED, LEADS),
    Act.DISPATCH: (State.TRIAGED, LEADS),
    Act.ACCEPT: (State.DISPATCHED, {Party.UNIT}),
    Act.RETURN: (State.DISPATCHED, {Party.UNIT}),
    Act.START: (State.ACCEPTED, {Party.UNIT}),
    Act.ASK: (State.IN_PROGRESS, {Party.UNIT}),
    Act.ANSWER: (State.WAITING_RESIDENT, {Party.UNIT}),
    Act.RESOLVE: (State.IN_PROGRESS, {Party.UNIT}),
    Act.REOPEN: (State.CLOSED, LEADS),
    Act.CLOSE: (State.CONFIRMED, LEADS),
    Act.DECLINE: (State.TRIAGED, {Party.MANAGER}),
    Act.TRANSFER: (State.TRIAGED, LEADS),
    Act.MERGE: (State.TRIAGED, LEADS),
    Act.ESCALATE: (State.IN_PROGRESS, {Party.MANAGER}),
    Act.TO_PROJECT: (State.IN_PROGRESS, LEADS | {Party.UNIT}),
    Act.NOTE: (State.IN_PROGRESS, LEADS | {Party.UNIT}),
}


@pytest.fixture
def people():
    desk = Desk()
    elsewhere = CommunityFactory()
    reporter, follower = UserFactory(), UserFactory()
    need = report(desk.town, user=reporter, phone="").request
    need.followers.create(user=follower, secret="f" * 24, language="en", created_at=NOW)
    own = staff_at(desk.town.pk)
    need.followers.create(user=own, secret="o" * 24, language="en", created_at=NOW)
    ServiceRequest.objects.filter(pk=need.pk).update(
        state=State.DISPATCHED,
        target_kind="centre",
        target_code=desk.village.code,
        handler=desk.village,
        resolved_at=NOW,
        rounds=1,
    )
    return need, {
        "resident who reported it": reporter,
        "resident who follows it": follower,
        "stranger": UserFactory(),
        "clerk of the town's centre": desk.clerk,
        "manager of the town's centre": desk.manager,
        "clerk of the village": desk.village_clerk,
        "manager of the village": staff_at(desk.village.pk, role=Role.CENTRE_MANAGER),
        "clerk elsewhere": staff_at(elsewhere.pk),
        "manager elsewhere": staff_at(elsewhere.pk, role=Role.CENTRE_MANAGER),
        "town-wide clerk": town_wide(Role.CENTRE_STAFF),
        "town administrator": town_wide(Role.TOWN_ADMIN),
        "auditor": town_wide(Role.AUDITOR),
        "expert": town_wide(Role.EXPERT),
        "clerk who reported it": own,
    }


def test_each_person_sees_and_may_what_the_table_says(people):
    need, users = people
    other = report(need.centre, phone="").request
    project = project_in(ProjectState.ACTIVE, team=TeamFactory(centre=need.centre))
    into, code = other.reference, project.code
    given = Details("已核实", ("centre", "town"), into, "12345", "GD1", "parking", code)
    wrong = []
    for name, (sees, parties) in PEOPLE.items():
        user = users[name]
        assert needs_seen_by(user, DAY).filter(pk=need.pk).exists() == sees, name
        for act, (state, opens) in FROM.items():
            ServiceRequest.objects.filter(pk=need.pk).update(state=state)
            outcome = tried(need, act, user, given)
            expected = "done" if parties & opens else "refused"
            if outcome != expected:
                wrong.append((name, act.value, outcome))
    assert not wrong


def tried(need, act, user, given):
    """'done' or 'refused'; nothing stays."""
    try:
        with transaction.atomic():
            take_step(need_id=need.pk, act=act, actor=user, given=given, now=NOW)
            transaction.set_rollback(True)
    except (ActRefusedError, OwnRecordError):
        return "refused"
    return "done"


def test_the_table_of_the_tests_names_every_act_of_staff():
    assert set(FROM) == set(STEPS)
    assert all(state in BY_ACT[act].states for act, (state, _opens) in FROM.items())
    for act, (_state, opens) in FROM.items():
        assert BY_ACT[act].who - {Party.RESIDENT, Party.SYSTEM} == opens, act


@pytest.mark.parametrize("state", list(State))
def test_offers_exactly_what_it_would_let_pass(state):
    for party in Party:
        offered = acts_for(state, {party})
        assert offered == [move.act for move in MOVES if may_act(move.act, state, {party})]


def test_every_state_but_the_last_ones_leads_somewhere():
    ends = {State.TRANSFERRED_OUT, State.DECLINED, State.MERGED}
    for state in State:
        leads = [move.next for move in MOVES if state in move.states and move.next]
        assert bool(leads) == (state not in ends), state


def test_a_need_that_is_with_the_town_is_the_administrators_alone(people):
    need, users = people
    ServiceRequest.objects.filter(pk=need.pk).update(is_with_town=True)
    need.refresh_from_db()

    assert not parties_of(users["manager of the town's centre"], need, DAY)
    assert Party.DESK in parties_of(users["town administrator"], need, DAY)
