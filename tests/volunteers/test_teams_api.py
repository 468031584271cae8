"""Teams by the public API: what they are, never who is in them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lishui_center.common.clock import today
from tests.factories.services import NOW, CentreFactory, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.teams.models import MemberRole, TeamKind, TeamState

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/teams/"


@pytest.fixture
def team():
    made = TeamFactory(code="creek", centre=CentreFactory())
    member_of(made, role=MemberRole.LEADER)
    member_of(made, ends_on=today(NOW))
    return made


def codes(client, **query):
    return [row["code"] for row in client.get(ADDRESS, query).json()["results"]]


def test_says_what_a_team_is_and_counts_its_people(client, team):
    answer = client.get(f"{ADDRESS}creek/").json()

    assert answer == {
        "code": "creek",
        "name": "河涌巡护先锋队",
        "kind": "vanguard",
        "centre": "town",
        "state": "active",
        "members": 1,
    }


def test_lists_by_centre_and_kind_without_the_disbanded(client, team):
    village = CommunityFactory()
    TeamFactory(code="village", centre=village, kind=TeamKind.RESIDENT)
    TeamFactory(code="night")
    over = {"state": TeamState.DISBANDED, "state_on": today(NOW), "state_reason": "-"}
    TeamFactory(code="over", centre=village, **over)

    assert codes(client) == ["night", "creek", "village"]
    assert codes(client, centre=village.code) == ["village"]
    assert codes(client, kind="vanguard") == ["night", "creek"]
    assert codes(client, centre="nowhere") == []
    assert client.get(f"{ADDRESS}over/").json()["state"] == "disbanded"
    assert client.get(f"{ADDRESS}nowhere/").status_code == 404


def test_asks_the_same_for_one_and_many(client, team):
    with CaptureQueriesContext(connection) as few:
        codes(client)
    for _ in range(4):
        member_of(TeamFactory(centre=CommunityFactory()))

    with CaptureQueriesContext(connection) as many:
        codes(client)

    assert len(few) == len(many)
