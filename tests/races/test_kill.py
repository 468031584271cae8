"""SIGKILL of the web processes at any moment: no booking is lost, none is made twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lishui_center.notifications.models import Notification
from services.bookings.models import Booking
from services.slots.models import Claim
from tests.factories.services import OfferingFactory, open_day
from tests.races.scene import CELL, body, tomorrow
from tests.races.server import post_until_answered, running_server

PEOPLE = 300
KILLS = 6

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_answer_holds_and_every_request_is_answered(tmp_path: Path):
    offering = OfferingFactory(
        item__minutes=15, pool__lanes_online=PEOPLE // 4, pool__lanes_total=PEOPLE // 4
    )
    open_day(offering.pool, tomorrow(), first=CELL, end=CELL + 4)

    with running_server(tmp_path) as server, ThreadPoolExecutor(16) as people:
        requests = [body(n, offering, CELL + n % 4) for n in range(PEOPLE)]
        answers = [people.submit(post_until_answered, server.port, asked) for asked in requests]
        killed = 0
        for n in range(KILLS):
            while sum(answer.done() for answer in answers) < PEOPLE * n // KILLS:
                time.sleep(0.005)
            killed += server.kill_workers()
        made = [answer.result() for answer in answers]

    assert killed > KILLS
    assert {status for status, _ in made} <= {200, 201}
    references = {answer["reference"] for _, answer in made}
    assert references == set(Booking.objects.values_list("reference", flat=True))
    assert len(references) == PEOPLE == Claim.objects.count()
    confirmations = Notification.objects.filter(kind="booking_confirmed")
    assert confirmations.count() == PEOPLE
