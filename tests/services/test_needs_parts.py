"""Which parts a person has in a need, and which acts each part opens.

Who may do what over HTTP is in tests/permissions/needs.md.
"""

import pytest

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.dispatching.actions import take_step
from services.dispatching.steps import STEPS, Details
from services.requests.access import needs_seen_by, parties_of
from services.requests.errors import ActRefusedError
from services.requests.models import ServiceRequest
from services.requests.rules import BY_ACT, MOVES, Party, State, acts_for, may_act
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.needs import Desk
from tests.factories.services import NOW, CommunityFactory

DAY = today(NOW)


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


@pytest.mark.django_db
def test_whoever_works_for_the_whole_town_has_the_parts_of_every_centre():
    desk = Desk()
    need = desk.need_in("dispatched", phone="")
    clerk = town_wide(Role.CENTRE_STAFF)

    assert parties_of(clerk, need, DAY) == {Party.DESK, Party.UNIT}
    assert needs_seen_by(clerk, DAY).filter(pk=need.pk).exists()


@pytest.mark.django_db
def test_a_need_that_is_with_the_town_is_the_administrators_alone():
    desk = Desk()
    need = desk.need_in("dispatched", phone="")
    ServiceRequest.objects.filter(pk=need.pk).update(is_with_town=True)
    need.refresh_from_db()

    assert not parties_of(desk.manager, need, DAY)
    assert Party.DESK in parties_of(town_wide(Role.TOWN_ADMIN), need, DAY)


@pytest.mark.django_db
def test_each_act_refuses_by_itself_whoever_has_no_part():
    desk = Desk()
    need = desk.need_in("dispatched", phone="")
    strangers = [UserFactory(), staff_at(CommunityFactory().pk), town_wide(Role.AUDITOR)]
    for act in STEPS:
        state = min(BY_ACT[act].states)
        ServiceRequest.objects.filter(pk=need.pk).update(state=state, resolved_at=NOW, rounds=1)
        for stranger in strangers:
            with pytest.raises(ActRefusedError):
                take_step(need_id=need.pk, act=act, actor=stranger, given=Details("好"), now=NOW)
