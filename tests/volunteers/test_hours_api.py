"""`POST /api/v1/hours/`, by session."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.hours.models import HourEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
ADDRESS = "/api/v1/hours/"


@pytest.fixture
def _now(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def team():
    return TeamFactory()


def body(to, **more):
    return {
        "id": str(uuid4()),
        "team": to.code,
        "start": (NOW - timedelta(hours=3)).isoformat(),
        "end": (NOW - timedelta(hours=1)).isoformat(),
        "note": "巡河",
        **more,
    }


def post(client, sent):
    return client.post(ADDRESS, sent, content_type="application/json")


def test_answers_201_then_200_and_409_for_other_contents(client, team):
    client.force_login(member_of(team))
    sent = body(team)

    answers = [post(client, sent), post(client, sent), post(client, {**sent, "note": "别的"})]

    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["minutes"] == 120
    assert answers[2].json()["code"] == "id_reused"


def test_answers_409_for_an_overlap_and_422_for_what_cannot_be(client, team):
    client.force_login(member_of(team))
    post(client, body(team))

    assert post(client, body(team)).json()["code"] == "overlap"
    start = body(team)["start"]
    for wrong in ({"start": "yesterday"}, {"id": "7"}, {"end": start}, {"team": "x"}):
        assert post(client, body(team, **wrong)).status_code == 422


def test_anothers_record_is_404(client, team):
    owner, other = Client(), member_of(team)
    owner.force_login(member_of(team))
    sent = body(team)
    post(owner, sent)
    client.force_login(other)

    assert post(client, sent).status_code == 404
    assert client.get(reverse("api-hour-entry", args=[sent["id"]])).status_code == 404
    assert owner.get(reverse("api-hour-entry", args=[sent["id"]])).json()["state"] == "submitted"


def test_takes_nothing_without_a_session_or_its_token_against_forgery(team):
    assert post(Client(), body(team)).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member_of(team))

    assert post(strict, body(team)).status_code == 403
    assert not HourEntry.objects.exists()


def test_a_resident_who_is_in_no_team_is_told_so(client, team):
    client.force_login(UserFactory())

    answer = post(client, body(team))

    assert (answer.status_code, answer.json()["code"]) == (422, "not_member")
