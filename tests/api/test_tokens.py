"""Access keys: made and removed on one's account, good for one's own hours only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from knox.models import AuthToken

from lishui_center.accounts.actions import end_sessions
from lishui_center.api.tokens.actions import LIVES, MOST, TooManyTokensError, make_token
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.hours.models import HourEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
PAGE = reverse("tokens:tokens")


@pytest.fixture
def _now(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def volunteer():
    return member_of(TeamFactory(code="creek"))


def send(client, token, **more):
    body = {
        "id": str(uuid4()),
        "team": "creek",
        "start": (NOW - timedelta(hours=3)).isoformat(),
        "end": (NOW - timedelta(hours=1)).isoformat(),
        **more,
    }
    headers = {"Authorization": f"Token {token}"}
    return client.post("/api/v1/hours/", body, content_type="application/json", headers=headers)


def test_a_key_records_hours_of_its_owner_without_a_session(client, volunteer):
    token = make_token(user=volunteer, now=NOW)

    answer = send(client, token)

    assert answer.status_code == 201
    assert HourEntry.objects.get().volunteer == volunteer


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 64])
def test_a_wrong_key_answers_401_even_beside_a_session(client, volunteer, token):
    client.force_login(volunteer)

    answer = send(client, token)

    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert not HourEntry.objects.exists()


def test_a_key_opens_nothing_else(client, volunteer):
    headers = {"Authorization": f"Token {make_token(user=volunteer, now=NOW)}"}

    assert client.get(reverse("accounts:export"), headers=headers).status_code == 302


def test_a_key_is_shown_once_and_kept_as_a_digest(client, volunteer):
    client.force_login(volunteer)

    token = client.post(PAGE).context["made"]

    assert len(token) == 64
    assert token not in client.get(PAGE).content.decode()
    assert token not in str(list(AuthToken.objects.values()))


def test_a_removed_key_stops_at_once(client, volunteer):
    token = make_token(user=volunteer, now=NOW)
    stranger, key = UserFactory(), {"key": AuthToken.objects.get().token_key}
    client.force_login(stranger)
    client.post(reverse("tokens:remove"), key)
    client.logout()
    assert send(client, token).status_code == 201

    client.force_login(volunteer)
    client.post(reverse("tokens:remove"), key)
    client.logout()

    assert send(client, token).status_code == 401


def test_signing_out_everywhere_takes_the_keys_along(client, volunteer):
    token = make_token(user=volunteer, now=NOW)

    end_sessions(user=volunteer)

    assert send(client, token).status_code == 401


def test_a_key_ends_after_a_year(client, volunteer, stop_the_clock):
    token = make_token(user=volunteer, now=NOW)

    stop_the_clock(NOW + LIVES + timedelta(seconds=1))

    assert send(client, token).status_code == 401


def test_nobody_has_more_keys_than_can_be_kept_track_of(volunteer):
    for _ in range(MOST):
        make_token(user=volunteer, now=NOW)

    with pytest.raises(TooManyTokensError):
        make_token(user=volunteer, now=NOW)
