"""The residents' pages of rooms and things to borrow, and their part of the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts import privacy
from services.lending.messages import use_path
from services.lending.models import Use, UseState
from services.lending.privacy import forget_old, forget_uses
from services.resources.models import Kind, State
from tests.factories.accounts import UserFactory
from tests.factories.resources import START, ResourceFactory, asked, open_resource
from tests.factories.services import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
FRIDAY = {"day": START.date().isoformat()}
SENT = {
    "begins": "40",
    "ends": "48",
    "people": "12",
    "purpose": "舞蹈排练",
    "name": "李阿婆",
    "phone": "13900000009",
    "language": "zh-hans",
    "key": "k" * 32,
}


@pytest.fixture
def at_ten(stop_the_clock, settings):
    stop_the_clock(NOW)
    settings.PHONE_VERIFICATION = False


def venue_url(resource, **query):
    day = query.get("day", FRIDAY["day"])
    return f"{reverse('venues:venue', args=[resource.code])}?day={day}"


def ask(client, resource, **sent):
    return client.post(venue_url(resource), {**SENT, **sent}, follow=True)


def listed(client, **query):
    return client.get(reverse("venues:list"), query).content.decode()


def test_lists_what_is_offered_and_fits(client):
    hall, small = open_resource(), ResourceFactory(capacity=10)
    hidden = ResourceFactory(open_to_residents=False)
    tired = ResourceFactory(state=State.RESTING)

    page = listed(client)

    assert hall.name in page
    assert not any(other.name in page for other in (hidden, tired))
    assert small.name not in listed(client, capacity="20")
    assert hall.name not in listed(client, kind=Kind.EQUIPMENT)


def test_lists_only_what_is_free_on_the_day(client):
    hall, other = open_resource(), ResourceFactory()
    for number, start in enumerate((-4, 0, 4, 8)):
        hours = 4 if start < 8 else 3
        asked(
            hall,
            start=START - timedelta(hours=-start, minutes=0 if start > -4 else -180),
            hours=hours if start > -4 else 1,
            phone=f"1390000001{number}",
        )

    page = listed(client, **FRIDAY)

    assert other.name in page
    assert hall.name not in page
    assert client.get(reverse("venues:list"), {"day": "0001-01-01"}).status_code == 200


def test_asks_on_one_page_and_gets_a_link(client):
    hall = open_resource(needs_approval=True)
    page = client.get(venue_url(hall)).content.decode()
    assert 'name="purpose"' in page

    answer = ask(client, hall)

    use = Use.objects.get()
    assert (use.state, use.people, use.purpose) == (UseState.ASKED, 12, "舞蹈排练")
    assert answer.redirect_chain[-1][0] == use_path(use)
    assert use.reference in answer.content.decode()
    assert "13900000009" not in answer.content.decode()
    ask(client, hall)
    assert Use.objects.count() == 1


def test_a_taken_time_is_said_kindly_and_what_was_typed_stays(client):
    hall = open_resource()
    page = client.get(venue_url(hall))
    asked(hall)

    answer = ask(client, hall, begins="36", ends="48")

    assert (page.status_code, answer.status_code) == (200, 422)
    assert "李阿婆" in answer.content.decode()


def test_a_day_without_a_free_time_offers_no_form(client):
    hall = open_resource()

    page = client.get(venue_url(hall, day="2026-11-25")).content.decode()

    assert 'name="purpose"' not in page
    assert client.get(venue_url(hall, day="9999-12-31")).status_code == 200
    assert client.post(venue_url(hall, day="2026-11-25"), SENT).status_code == 200
    assert not Use.objects.exists()


def test_cancels_by_the_link_after_asking_once(client):
    use = asked(open_resource())
    url = f"{reverse('venues:cancel', args=[use.reference])}?t={use.token}"
    assert client.get(url).status_code == 200

    client.post(url)

    use.refresh_from_db()
    assert use.state == UseState.CANCELLED
    assert client.get(url).url == use_path(use)


def test_goes_into_a_calendar(client):
    use = asked(open_resource())
    url = f"{reverse('venues:calendar', args=[use.reference])}?t={use.token}"

    body = client.get(url).content.decode()

    assert "DTSTART;TZID=Asia/Shanghai:20261127T100000" in body or "20261127T" in body
    assert "STATUS:CONFIRMED" in body
    assert client.get(url[:-1] + "x").status_code == 404


def test_shows_a_person_what_they_borrow(client):
    user = UserFactory(phone="13900000001", phone_verified_at=NOW)
    hall = open_resource()
    asked(hall)
    client.force_login(user)

    assert hall.name in client.get(reverse("venues:mine")).content.decode()


def test_lists_many_with_the_queries_of_one(client):
    open_resource()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            listed(client, **FRIDAY)
            client.get(reverse("api-venues"), FRIDAY)
        counts.append(len(seen))
        ResourceFactory.create_batch(11)

    assert counts[0] == counts[1]


def test_the_api_tells_the_free_times_of_a_day(client):
    hall = open_resource()
    asked(hall)

    found = client.get(reverse("api-venues"), FRIDAY).json()["results"]

    assert (found[0]["code"], found[0]["capacity"]) == (hall.code, 40)
    assert [(free["start"][11:16], free["end"][11:16]) for free in found[0]["free"]] == [
        ("09:00", "10:00"),
        ("12:00", "21:00"),
    ]
    assert client.get(reverse("api-venues"), {"day": "0001-01-01"}).status_code == 200
    assert client.get(reverse("api-venues"), {"kind": "expert"}).json()["count"] == 0


def test_a_copy_holds_the_uses_and_erasing_takes_the_person_out():
    user = UserFactory(phone="13900000001", phone_verified_at=NOW)
    use = asked(open_resource(), user=user)
    assert privacy.export_all(user, now=NOW)["uses"][0]["reference"] == use.reference

    forget_uses(user, now=NOW)

    use.refresh_from_db()
    assert (use.state, use.name, use.phone_hash, use.purpose) == (UseState.CANCELLED, "", "", "")


def test_forgets_after_twelve_months():
    use = asked(open_resource())

    assert forget_old(now=START + timedelta(days=360)) == 0
    assert forget_old(now=START + timedelta(days=370)) == 1
    assert forget_old(now=START + timedelta(days=370)) == 0
    assert not Use.objects.get(pk=use.pk).phone_sealed
