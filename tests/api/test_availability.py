"""What the public API answers to questions nobody should ask of availability."""

import pytest
from django.utils import timezone

from tests.factories.services import open_offering

pytestmark = pytest.mark.django_db


def test_ends_with_the_calendar(client):
    open_offering(timezone.now(), item__code="C02")
    url = "/api/v1/availability/?centre=town&item=C02&from="

    beyond = client.get(url + "9999-12-31")

    assert client.get(url + "2999-12-31").json()["days"] == []
    assert (beyond.status_code, beyond.json()["code"]) == (400, "invalid")
    assert "from" in beyond.json()["fields"]
