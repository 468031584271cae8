"""64 clients, 10 places: nobody gets a place twice, nobody loses one.

The negative controls take the guards away and must oversell: else the race would prove nothing.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from services.bookings.models import Booking
from services.slots.models import Claim
from tests.factories.services import OfferingFactory, open_day
from tests.races.scene import CELL, bodies, body, tomorrow
from tests.races.server import post_all_at_once, running_server

CLIENTS = 64
PLACES = 10

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offering() -> Any:
    """A pool with ten lanes, tomorrow."""
    offering = OfferingFactory(
        item__minutes=15, pool__lanes_online=PLACES, pool__lanes_total=PLACES
    )
    open_day(offering.pool, tomorrow(), first=CELL, end=CELL + 4)
    return offering


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with running_server(tmp_path) as server:
        yield server.port


@pytest.fixture
def without_the_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The unique key on places dropped, and put back afterwards."""
    constraints = Claim._meta.constraints
    key = next(constraint for constraint in constraints if constraint.name == "claim_place_once")
    # SQLite makes the table anew from what the model says.
    monkeypatch.setattr(Claim._meta, "constraints", [c for c in constraints if c is not key])
    with connection.schema_editor() as editor:
        editor.remove_constraint(Claim, key)
    yield
    Claim.objects.all().delete()
    monkeypatch.undo()
    with connection.schema_editor() as editor:
        editor.add_constraint(Claim, key)


def test_64_clients_share_10_places_exactly(offering: Any, port: int):
    answers = post_all_at_once(port, bodies(offering, CLIENTS))

    assert Counter(status for status, _ in answers) == {201: PLACES, 409: CLIENTS - PLACES}
    assert {answer["code"] for status, answer in answers if status == 409} == {"slot_full"}
    confirmed = {answer["reference"] for status, answer in answers if status == 201}
    assert confirmed == set(Booking.objects.values_list("reference", flat=True))
    assert Claim.objects.filter(cell=CELL).count() == PLACES


def test_visits_of_different_length_never_overfill_a_cell(offering: Any, port: int):
    longer = OfferingFactory(centre=offering.centre, pool=offering.pool, item__minutes=45)
    requests = [
        body(n, longer if n % 2 else offering, CELL + n % 4 if n % 2 == 0 else CELL + n // 2 % 2)
        for n in range(CLIENTS)
    ]

    answers = post_all_at_once(port, requests)

    assert {status for status, _ in answers} <= {201, 409}
    made = sum(status == 201 for status, _ in answers)
    assert made == Booking.objects.count()
    per_cell = Counter(Claim.objects.values_list("cell", flat=True))
    assert max(per_cell.values()) <= PLACES
    cells = sum(Booking.objects.values_list("cells", flat=True))
    assert cells == sum(per_cell.values())


def test_one_person_cannot_race_past_the_daily_limit(offering: Any, port: int):
    others = [
        OfferingFactory(centre=offering.centre, pool=offering.pool, item__minutes=15)
        for _ in range(7)
    ]
    requests = [body(n, other, CELL) | {"phone": "13900000001"} for n, other in enumerate(others)]

    answers = post_all_at_once(port, requests)

    limit = offering.centre.policy.per_person_per_day
    assert Counter(status for status, _ in answers) == {201: limit, 409: len(requests) - limit}


def test_one_request_sent_many_times_books_once(offering: Any, port: int):
    answers = post_all_at_once(port, [body(0, offering, CELL)] * 8)

    assert Counter(status for status, _ in answers) == {201: 1, 200: 7}
    assert len({answer["reference"] for _, answer in answers}) == 1
    assert Booking.objects.count() == 1


@pytest.mark.usefixtures("without_the_key")
def test_without_the_key_places_are_oversold(offering: Any, port: int):
    """PostgreSQL only: SQLite lets one writer in at a time, key or no key."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's own write lock is a second guard; see the next test")

    answers = post_all_at_once(port, bodies(offering, CLIENTS))

    assert sum(status == 201 for status, _ in answers) > PLACES


def test_the_key_alone_stops_those_who_check_then_insert(offering: Any):
    outcomes = check_then_insert(offering)

    assert outcomes == {"taken": PLACES, "refused": CLIENTS - PLACES}


@pytest.mark.usefixtures("without_the_key")
def test_without_the_key_those_who_check_then_insert_oversell(offering: Any):
    assert check_then_insert(offering)["taken"] > PLACES


def check_then_insert(offering: Any) -> Counter[str]:
    """What each of 64 gets who all looked before anybody took: the plainest booking code."""
    looked = threading.Barrier(CLIENTS)

    def one(n: int) -> str:
        try:
            places = Claim.objects.places(offering.pool_id, tomorrow(), [CELL])
            looked.wait(60)
            Claim.objects.create(
                pool_id=offering.pool_id,
                date=tomorrow(),
                cell=CELL,
                lane=n % places.lanes[CELL],
                hold=f"hold-{n}",
                expires_at=timezone.now() + timedelta(minutes=10),
            )
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(CLIENTS) as clients:
        return Counter(clients.map(one, range(CLIENTS)))
