"""Addresses that nobody types by hand."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("target", ["settings", "a:b", "\x00"])
def test_survives_an_address_that_is_none(client, target):
    assert client.post("/settings/", {"senior": "1", "next": target}).status_code == 302


@pytest.mark.parametrize(
    "url", ["/waitlist/?item=%00", "/w/%00/", "/guide/?q=%00", "/api/v1/centres/?page=%00"]
)
def test_knows_no_address_with_a_nul(client, url):
    answer = client.get(url)

    assert answer.status_code == 404
    assert ("json" in answer["Content-Type"]) == url.startswith("/api/")
