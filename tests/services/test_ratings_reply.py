"""Rating a visit by answering the SMS that asks for it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from lishui_center.common.encryption import lookup_hash
from lishui_center.notifications import replies
from lishui_center.notifications.signing import signature
from services.ratings.models import FollowUp, Rating
from services.ratings.rules import read_reply
from services.tickets.models import Ticket
from tests.factories.hall import finished
from tests.factories.services import NOW

PHONE = "13900000031"
LATER = NOW + timedelta(minutes=40)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5", (5, "")),
        (" ５ ", (5, "")),
        ("2，等太久", (2, "等太久")),
        ("4分", (4, "")),
        ("1非常不满意\n没人理", (1, "非常不满意\n没人理")),
        ("", None),
        ("6", None),
        ("12", None),
        ("3号窗口很好", None),
        ("谢谢5", None),
    ],
)
def test_reads_one_digit_and_what_follows(text, read):
    assert read_reply(text) == read


def served(pool=None, *, now=NOW):
    return finished(pool, now=now, phone=PHONE)


def answer(text, *, now=LATER):
    return replies.receive(phone=PHONE, text=text, now=now)


@pytest.mark.django_db
def test_a_bad_answer_opens_a_case_with_its_words():
    ticket = served()

    assert answer("2，等太久")

    rating = Rating.objects.get(ticket=ticket)
    assert (rating.score, rating.text) == (2, "等太久")
    assert FollowUp.objects.get().rating == rating


@pytest.mark.django_db
def test_a_second_answer_changes_nothing_and_rates_no_earlier_visit():
    first = served()
    second = served(first.pool, now=NOW + timedelta(minutes=5))
    assert answer("5")

    assert not answer("1")

    assert [(rating.ticket, rating.score) for rating in Rating.objects.all()] == [(second, 5)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "days"), [("谢谢", 0), ("5", 8)], ids=["no digit", "a week too late"]
)
def test_other_answers_are_nobodys(text, days):
    served()

    assert not answer(text, now=LATER + timedelta(days=days))

    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_an_answer_from_a_phone_without_a_visit_rates_nobody():
    finished()
    assert Ticket.objects.last_served(lookup_hash(PHONE)) is None
    assert Ticket.objects.last_served("") is None

    assert not answer("5")


def from_gateway(client, *, secret="s3cret", age=0, body=None):
    body = body or json.dumps({"from": PHONE, "text": "5"})
    timestamp = str(int(LATER.timestamp()) - age)
    return client.post(
        reverse("notifications:sms-reply"),
        body,
        content_type="application/json",
        headers={
            "X-Timestamp": timestamp,
            "X-Signature": signature(secret, timestamp, body.encode()),
        },
    )


@pytest.fixture
def _gateway(settings, stop_the_clock):
    stop_the_clock(LATER)
    settings.SMS_URL = "https://key:s3cret@gateway.example/send"


@pytest.mark.django_db
@pytest.mark.usefixtures("_gateway")
def test_the_gateway_hands_an_answer_over(client):
    served()

    assert from_gateway(client).status_code == 204

    assert Rating.objects.get().score == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("_gateway")
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"secret": "guessed"}, 403),
        ({"age": 600}, 403),
        ({"body": "no json"}, 400),
        ({"body": "[]"}, 400),
        ({"body": '{"from": "1", "text": "5"}'}, 400),
    ],
)
def test_what_the_gateway_did_not_sign_or_say_is_refused(client, wrong, status):
    assert from_gateway(client, **wrong).status_code == status


@pytest.mark.django_db
def test_nothing_is_taken_over_http_without_a_gateway(client):
    assert from_gateway(client, secret="").status_code == 403
