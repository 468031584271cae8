"""The benchmarks measure what they say, and their SQL still fits the tables."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.db import connection

from benchmarks import databases, hours_history, hours_pages, needs_history, scene
from benchmarks.history import BOOKINGS, ITEMS, LOOSE_INDEXES
from benchmarks.load import Job, Outcome, merge, run
from benchmarks.processes import cpu_seconds, descendants
from benchmarks.rates import Measured, Round
from benchmarks.report import Target, ratio
from lishui_center.demo.catalogue import make_catalogue
from lishui_center.demo.places import make_network
from services.bookings.models import Booking, BookingItem
from services.clocks.models import SlaClock
from services.requests.models import ServiceRequest
from services.resolution.models import RateDay, RateMonth
from volunteers.history.models import HourEvent
from volunteers.hours.models import HourEntry

ON_POSTGRES = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the benchmarks run on PostgreSQL"
)


class Answering(BaseHTTPRequestHandler):
    """Keeps connections open; /cut hangs up after the answer without a word."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer 200 with a body."""
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")
        self.close_connection = self.path == "/cut"

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode()


def test_load_sends_every_request_once(port):
    outcome = run(Job(port, connections=4, seconds=30, requests=[request("/")] * 20))

    assert outcome.statuses == {200: 20}
    assert len(outcome.latencies) == 20
    assert not outcome.reconnects


def test_load_asks_again_on_a_connection_that_was_cut(port):
    outcome = run(Job(port, connections=1, seconds=30, requests=[request("/cut")] * 3))

    assert outcome.statuses == {200: 3}
    assert outcome.reconnects == 2


def test_load_stops_in_time(port):
    outcome = run(Job(port, connections=2, seconds=0.2, requests=[request("/")], repeat=True))

    assert outcome.elapsed < 5
    assert outcome.statuses[200] > 2


def test_figures_of_two_clients_add_up():
    whole = merge([Outcome(1.0, 0.1, [0.01]), Outcome(2.0, 0.2, [0.02, 0.03])])

    assert whole.elapsed == 2.0
    assert whole.cpu == pytest.approx(0.3)
    assert whole.latencies == [0.01, 0.02, 0.03]


def measured(*rates: int) -> Measured:
    rounds = [Round(Outcome(1.0, 0.0, [0.01] * rate), 0.0, 0.0) for rate in rates]
    return Measured("some", 16, 200, rounds)


def test_a_ratio_compares_neighbours_in_time():
    assert ratio(measured(50, 10, 60), measured(100, 20, 100), "rate") == 0.5


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target("a ratio", 0.3, 0.3, at_least=True), True),
        (Target("a ratio", 0.29, 0.3, at_least=True), False),
        (Target("a time", 4.0, 4), True),
        (Target("a time", 4.1, 4), False),
    ],
)
def test_a_target_is_met_at_its_limit(target, met):
    assert target.is_met is met


def test_spares_databases_of_other_names():
    with pytest.raises(SystemExit, match="_bench"):
        databases.drop("postgres://postgres@127.0.0.1/lishui")


def test_reads_the_time_a_process_took():
    assert cpu_seconds([1]) >= 0
    assert cpu_seconds([2**22 + 1]) == 0
    assert descendants(2**22 + 1) == []


@ON_POSTGRES
@pytest.mark.django_db
def test_makes_past_bookings_that_fit_the_tables():
    make_catalogue(make_network())
    numbers = {"days": 730, "pools": 46, "items": 40, "people": 10, "first": 1, "last": 500}

    with connection.cursor() as cursor:
        cursor.execute(scene.PERSON_TABLE)
        cursor.execute(
            "INSERT INTO bench_person SELECT n, 's', md5(n::text) FROM generate_series(0, 9) n"
        )
        cursor.execute(BOOKINGS, numbers)
        cursor.execute(ITEMS, numbers)
        cursor.execute(LOOSE_INDEXES)
        indexes = {name for name, _ in cursor.fetchall()}

    assert Booking.objects.count() == BookingItem.objects.count() == 500
    assert not Booking.objects.active().exists()
    assert "booking_by_day" in indexes
    assert "services_booking_pkey" not in indexes


@ON_POSTGRES
@pytest.mark.django_db
def test_makes_needs_that_fit_the_tables():
    places = len(make_network().communities) + 1
    span = {"places": places, "days": 730}

    with connection.cursor() as cursor:
        cursor.execute(needs_history.PAST, span | {"first": 1, "last": 400})
        cursor.execute(needs_history.OPEN, span | {"first": 1001, "last": 1400})
        cursor.execute(needs_history.CLOCKS, {"first": 1001, "last": 1400})
        cursor.execute(needs_history.RATES)
        cursor.execute(needs_history.MONTHS)
        cursor.execute(needs_history.LINKS, {"projects": 1})

    assert ServiceRequest.objects.open().count() == 350
    assert ServiceRequest.objects.count() == 800
    assert SlaClock.objects.running().count() == 800
    for figures in (RateDay, RateMonth):
        assert sum(row["first_due"] for row in figures.objects.all().summed()) == 400


@ON_POSTGRES
@pytest.mark.django_db
def test_makes_records_of_hours_that_fit_the_tables():
    make_network()
    leader = hours_pages.set_up()
    sizes = {
        "base": hours_history.FIRST_PERSON,
        "each": hours_history.EACH,
        "teams": hours_pages.TEAMS,
        "leader": leader.pk,
        "waiting": hours_history.WAITING,
    }

    with connection.cursor() as cursor:
        cursor.execute(hours_history.PEOPLE, sizes | {"first": 0, "last": 20})
        cursor.execute(hours_history.RECORDS, sizes | {"first": 1, "last": 400})
        cursor.execute(hours_history.EVENTS, {"first": 1, "last": 400})

    assert HourEntry.objects.count() == 400
    assert HourEntry.objects.to_decide().count() == 100
    assert HourEvent.objects.count() == 700
    assert hours_pages.sign_in(leader)
