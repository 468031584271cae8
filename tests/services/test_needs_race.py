"""Two people at once: no number twice, no need taken on twice, one rule for a category."""

import pytest

from lishui_center.accounts.rules import Role
from services.dispatching.actions import take_steps
from services.dispatching.models import Dispatch
from services.dispatching.steps import Details
from services.requests.models import Category, ServiceRequest
from services.requests.rules import Act, State
from services.routing.actions import Target, add_route
from services.routing.models import OWN, Route
from tests.factories.accounts import town_wide
from tests.factories.at_once import at_once
from tests.factories.needs import Desk, report
from tests.factories.services import NOW, CentreFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_reports_at_once_have_numbers_of_their_own():
    centre = CentreFactory()

    numbers = at_once(*[lambda: report(centre, phone="").request.reference for _ in range(6)])

    assert sorted(numbers) == [f"S261125000{n}" for n in range(1, 7)]


def test_a_need_is_taken_on_once():
    desk = Desk()
    need = desk.need_in("dispatched", phone="")

    answers = at_once(*[lambda: desk.do(need, Act.ACCEPT) and "taken" for _ in range(3)])

    assert answers.count("taken") == 1
    assert ServiceRequest.objects.get().state == State.ACCEPTED


def test_many_passed_on_by_two_at_once_go_each_once():
    desk = Desk()
    needs = [desk.need_in("triaged", phone="") for _ in range(4)]
    given = Details(target=("centre", desk.village.code))

    def pass_on():
        fresh = list(ServiceRequest.objects.filter(pk__in=[need.pk for need in needs]).for_page())
        return take_steps(needs=fresh, act=Act.DISPATCH, actor=desk.clerk, given=given, now=NOW)

    results = at_once(pass_on, pass_on)

    assert sum(result.done for result in results) == 4
    assert all(result.done + len(result.refused) == 4 for result in results)
    assert Dispatch.objects.count() == 4


@pytest.mark.parametrize("is_for_town", [True, False])
def test_a_rule_is_set_once(is_for_town):
    centre = None if is_for_town else CentreFactory()
    admin = town_wide(Role.TOWN_ADMIN)

    def set_rule():
        rule = {"category": Category.WATER, "centre": centre, "target": Target(OWN)}
        return add_route(**rule, by=admin, now=NOW) and "set"

    answers = at_once(*[set_rule for _ in range(3)])

    assert sorted(answers) == ["route_exists", "route_exists", "set"]
    assert Route.objects.count() == 1
