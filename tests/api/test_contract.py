"""The public API, as outside programs rely on it."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lishui_center.api.throttles import AnonymousWrites
from lishui_center.common.clock import moment, today
from services.bookings.api import bookings
from services.catalogue.access import forget_visits
from services.slots.models import Claim
from tests.factories.services import (
    CommunityFactory,
    DocumentFactory,
    ItemFactory,
    OfferingFactory,
    make_booking,
    open_offering,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    forget_visits()


@pytest.fixture
def offering():
    return open_offering(timezone.now(), item__code="C02", pool__lanes_online=2)


def start_on(day=2, cell=40):
    return moment(today(timezone.now()) + timedelta(days=day), cell)


def wish(**fields):
    return {
        "centre": "town",
        "items": ["C02"],
        "start": start_on().isoformat(),
        "name": "陈小怡",
        "phone": "13900000001",
        "language": "zh-hans",
    } | fields


def book(client, key="", **fields):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        "/api/v1/bookings/", wish(**fields), content_type="application/json", headers=headers
    )


def test_lists_centres_with_todays_hours(client, offering):
    CommunityFactory(code="dabu")

    answer = client.get("/api/v1/centres/").json()

    assert answer["count"] == 2
    town = answer["results"][0]
    assert set(town) == {"code", "name", "tier", "open_now", "opens", "closes"}
    assert (town["code"], town["tier"]) == ("town", "town")
    assert (town["opens"], town["closes"]) == ("09:00", "21:00")
    assert answer["results"][1]["opens"] is None


def test_lists_what_a_centre_handles(client, offering):
    DocumentFactory(item=offering.item)
    ItemFactory()

    answer = client.get("/api/v1/service-items/?centre=town").json()

    assert [item["code"] for item in answer["results"]] == ["C02"]
    assert answer["results"][0]["documents"] == ["居民身份证"]
    assert client.get("/api/v1/service-items/").json()["count"] == 2


def test_speaks_the_language_asked_for(client, offering):
    answer = client.get("/api/v1/centres/", headers={"Accept-Language": "en"}).json()

    assert answer["results"][0]["name"] == "Lishui Town Centre"


@pytest.mark.parametrize("url", ["/api/v1/centres/", "/api/v1/service-items/"])
def test_lists_cost_the_same_for_one_row_and_twelve(client, url, offering):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = queries()
    for _ in range(12):
        DocumentFactory(item=OfferingFactory(pool__centre=CommunityFactory()).item)

    assert queries() == few


def test_availability_counts_places(client, offering):
    url = "/api/v1/availability/?centre=town&item=C02&days=3"
    book(client)

    answer = client.get(url).json()

    assert (answer["centre"], answer["item"], answer["minutes"]) == ("town", "C02", 15)
    assert [set(day) for day in answer["days"]] == [
        {"date", "opens", "closes", "closed_reason", "slots"}
    ] * 3
    free = {slot["start"]: slot["free"] for slot in answer["days"][2]["slots"]}
    assert (free[start_on().isoformat()], free[start_on(cell=41).isoformat()]) == (1, 2)


def test_availability_says_why_a_day_is_closed(client, offering):
    offering.pool.day_plans.filter(date=start_on().date()).update(
        spans=[], closed_reason_zh="台风", closed_reason_en="Typhoon"
    )

    day = client.get("/api/v1/availability/?centre=town&item=C02&days=3").json()["days"][2]

    assert (day["opens"], day["closed_reason"], day["slots"]) == (None, "台风", [])


@pytest.mark.django_db(transaction=True)
def test_availability_is_not_sent_twice(client, offering):
    url = "/api/v1/availability/?centre=town&item=C02"
    tag = client.get(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    book(client)
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_availability_is_not_sent_twice_when_compressed(client, offering):
    url, gzip = "/api/v1/availability/?centre=town&item=C02", {"Accept-Encoding": "gzip"}
    tag = client.get(url, headers=gzip)["ETag"]

    again = client.get(url, headers=gzip | {"If-None-Match": tag})

    assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_a_warm_availability_costs_no_query(client, offering, django_assert_num_queries):
    url = "/api/v1/availability/?centre=town&item=C02"
    first = client.get(url)

    with django_assert_num_queries(0):
        second = client.get(url)

    assert second.json() == first.json()


@pytest.mark.django_db(transaction=True)
def test_a_change_by_another_process_is_seen_at_once(client, offering):
    url = "/api/v1/availability/?centre=town&item=C02&days=3"
    before = client.get(url).json()

    make_booking(offering, start=start_on(), now=timezone.now())

    assert client.get(url).json() != before


def test_books_moves_and_cancels(client, offering):
    made = book(client)
    booking = made.json()
    url, headers = (
        f"/api/v1/bookings/{booking['reference']}/",
        {"X-Booking-Token": booking["token"]},
    )

    assert made.status_code == HTTPStatus.CREATED
    assert (booking["status"], booking["start"]) == ("booked", start_on().isoformat())
    assert booking["end"] == start_on(cell=41).isoformat()
    assert booking["manage_url"].endswith(f"/b/{booking['reference']}/?t={booking['token']}")
    assert client.get(url, headers=headers).json() == booking

    later = {"start": start_on(cell=60).isoformat()}
    moved = client.patch(url, later, content_type="application/json", headers=headers)
    assert moved.json()["start"] == later["start"]

    assert client.delete(url, headers=headers).json()["status"] == "cancelled"
    assert not Claim.objects.exists()
    again = client.delete(url, headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "not_active")


def test_a_replay_answers_200_with_the_same(client, offering):
    first, second = book(client, "key-1"), book(client, "key-1")

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_a_key_used_for_something_else_is_a_conflict(client, offering):
    book(client, "key-1")

    answer = book(client, "key-1", name="李四")

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")


def test_a_full_slot_offers_the_nearest(client, offering):
    for n in range(2):
        book(client, phone=f"1390000000{n}")

    answer = book(client, phone="13900000009")

    assert answer.status_code == HTTPStatus.CONFLICT
    assert answer.json()["code"] == "slot_full"
    assert answer.json()["alternatives"] == [
        start_on(cell=cell).isoformat() for cell in (38, 39, 41)
    ]


def test_the_wrong_token_finds_nothing(client, offering):
    reference = book(client).json()["reference"]
    another = book(client, phone="13900000002").json()["token"]
    url = f"/api/v1/bookings/{reference}/"

    for headers in ({}, {"X-Booking-Token": "wrong"}, {"X-Booking-Token": another}):
        for ask in (client.get, client.patch, client.delete):
            answer = ask(url, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"start": "2020-01-01T10:00:00+08:00"}, 409, "slot_past"),
        ({"start": start_on(day=30).isoformat()}, 409, "slot_too_far"),
        ({"start": start_on(cell=10).isoformat()}, 409, "slot_closed"),
        ({"start": (start_on() + timedelta(minutes=1)).isoformat()}, 400, "slot_off_grid"),
        ({"start": "tomorrow"}, 400, "invalid"),
        ({"start": "0001-01-01T00:00:00"}, 400, "invalid"),
        ({"centre": "nowhere"}, 404, "centre_unknown"),
        ({"items": ["Z99"]}, 400, "item_not_offered"),
        ({"items": []}, 400, "invalid"),
        ({"phone": "12345"}, 400, "bad_phone"),
        ({"phone": "1" * 41}, 400, "invalid"),
        ({"name": "   "}, 400, "invalid"),
        ({"name": "\u200b\u0007"}, 400, "bad_name"),
        ({"name": "陈" * 500}, 400, "bad_name"),
        ({"name": "陈" * 501}, 400, "invalid"),
        ({"language": "fr"}, 400, "invalid"),
    ],
)
def test_bad_input_has_its_own_answer(client, offering, fields, status, code):
    answer = book(client, **fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]
    assert not Claim.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_what_is_no_json_object_is_refused(client, body):
    answer = client.post("/api/v1/bookings/", body, content_type="application/json")

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.json()["code"]


def test_unknown_paths_and_methods_answer_in_the_same_shape(client):
    assert client.get("/api/v1/nothing/").json()["code"] == "not_found"
    assert client.put("/api/v1/bookings/").json()["code"] == "method_not_allowed"


def test_writing_too_often_is_throttled(client, offering, monkeypatch):
    monkeypatch.setattr(AnonymousWrites, "rate", "2/hour", raising=False)
    # The function view took over the classes when it was made.
    monkeypatch.setattr(bookings.cls, "throttle_classes", [AnonymousWrites])

    answers = [book(client, phone=f"1390000000{n}") for n in range(3)]

    assert answers[2].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answers[2].json()["code"] == "throttled"
    assert "Retry-After" in answers[2]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("[" * 100_000, 400, "parse_error"),
        (b"\xff\xfe", 400, "parse_error"),
        (" " * 2_700_000, 413, "body_too_large"),
    ],
)
def test_refuses_bodies_it_cannot_read(client, body, status, code):
    answer = client.post("/api/v1/bookings/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
