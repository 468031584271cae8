"""What is kept of the people behind needs, and the public API."""

import pytest
from django.urls import reverse

from lishui_center.accounts import privacy
from lishui_center.photos.models import Photo
from services.requests.models import ServiceRequest
from services.tracking.privacy import KEPT_FOR, forget_old
from tests.factories.accounts import UserFactory
from tests.factories.needs import Desk, report
from tests.factories.pages import last_code
from tests.factories.photos import photo_of
from tests.factories.services import NOW, CentreFactory

pytestmark = pytest.mark.django_db

SENT = {"centre": "town", "category": "water", "text": "河涌淤塞发臭", "phone": "13900000001"}


def test_the_copy_has_ones_own_words_and_erasing_takes_the_person_out():
    desk, user = Desk(), UserFactory()
    over = desk.walk(report(desk.town, user=user, photos=[photo_of(user)]).request, "declined")
    still = report(desk.town, user=user, phone="").request

    copy = privacy.export_all(user, now=NOW)["needs"]
    privacy.erase_all(user, now=NOW)

    assert [one["reference"] for one in copy] == [over.reference, still.reference]
    assert copy[0]["text"] == over.text
    for need, text in ((over, ""), (still, still.text)):
        need.refresh_from_db()
        assert (need.user, need.text) == (None, text)
        assert not need.followers.get().is_reachable
    assert not Photo.objects.exists()


def test_after_three_years_only_the_figures_stay():
    desk = Desk()
    need = desk.need_in("declined")

    assert forget_old(now=NOW + KEPT_FOR) == 0
    later = NOW + KEPT_FOR + KEPT_FOR / 1000
    assert forget_old(now=later) == 1
    assert forget_old(now=later) == 0

    need.refresh_from_db()
    assert (need.text, need.place, need.followers.get().phone) == ("", "", "")
    assert not need.events.exclude(note="").exists()


def test_the_api_reports_once_and_tells_by_token(client, stop_the_clock):
    stop_the_clock(NOW)
    CentreFactory()
    key = {"Idempotency-Key": "one"}

    first = client.post(reverse("api-requests"), SENT, "application/json", headers=key)
    again = client.post(reverse("api-requests"), SENT, "application/json", headers=key)
    other = client.post(
        reverse("api-requests"), SENT | {"text": "别的"}, "application/json", headers=key
    )

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert ServiceRequest.objects.count() == 1
    told = first.json()
    address = reverse("api-request", args=[told["reference"]])
    seen = client.get(address, headers={"X-Request-Token": told["token"]})
    assert seen.json()["state"] == "submitted"
    assert seen.json()["steps"][0]["at"].startswith("2026-11-25T10:00")
    assert client.get(address, headers={"X-Request-Token": "a" * 24}).status_code == 404


def test_the_api_tells_no_phone_that_is_not_proven(client, settings):
    settings.PHONE_VERIFICATION = True
    CentreFactory()
    address, unnamed = reverse("api-requests"), SENT | {"phone": ""}

    refused = client.post(address, SENT, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "phone_unproven")
    assert client.post(address, unnamed, "application/json").status_code == 201
    client.post(reverse("api-phone-codes"), {"phone": SENT["phone"]}, "application/json")
    code = {"X-Phone-Code": last_code()}

    assert client.post(address, SENT, "application/json", headers=code).status_code == 201


@pytest.mark.parametrize(
    "wrong", [{"centre": "nowhere"}, {"category": "gold"}, {"text": " "}, {"phone": "12"}]
)
def test_the_api_says_what_is_wrong(client, wrong):
    CentreFactory()

    answer = client.post(reverse("api-requests"), SENT | wrong, "application/json")

    assert answer.status_code == 400
    assert answer.json()["code"]
