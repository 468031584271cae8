"""Who is kept out of the think tank, besides tests/permissions/thinktank.md."""

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import town_wide
from tests.factories.services import NOW, CentreFactory
from tests.factories.think_tank_scene import ThinkTank, manager_of
from thinktank.observations.models import Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def tank(stop_the_clock):
    centre = CentreFactory()
    found = ThinkTank(town_wide(Role.TOWN_ADMIN), centre, manager_of(centre))
    stop_the_clock(NOW)
    return found


def test_what_was_taken_down_is_public_no_more(tank, client):
    Observation.objects.filter(pk=tank.keys["published"]).update(state="withdrawn", note="误")

    for url, target in (("observation", "published"), ("recommendation", "answered")):
        address = reverse(f"thinktank:{url}", args=[tank.keys[target]])
        assert client.get(address).status_code == 404


def test_an_administrator_without_the_second_factor_is_asked_for_it(tank, client):
    client.force_login(town_wide(Role.TOWN_ADMIN))
    sent = {"metric": "等候", "before": "3", "after": "2", "note": "台账", "has_effect": "yes"}

    answer = client.post(reverse("thinktank:verify", args=[tank.keys["answered"]]), sent)

    assert answer.status_code == 302
    assert "/recommendations/" not in answer.url.split("?")[0]
