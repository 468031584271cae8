"""The database under test: the demo's network with more windows, and bookings long past."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from lishui_center.common.clock import moment, today
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.demo.catalogue import make_catalogue
from lishui_center.demo.opening import make_opening
from lishui_center.demo.places import make_network
from services.catalogue.models import Offering
from services.centres.models import BookingPolicy, Pool
from services.hours.models import DayPlan
from services.hours.rules import lane_table

WINDOWS = 17
WINDOWS_ONLINE = 10
DAYS_AHEAD = 60
PEOPLE = 200_000
PERSON_TABLE = (
    "CREATE TABLE bench_person (number int PRIMARY KEY, phone_sealed text, phone_hash text)"
)
ONE_CELL_MINUTES = 15
"""Items this short take one cell: the usual visit."""


def build() -> None:
    """Migrate, and store centres, items, hours and people."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    network = make_network()
    make_catalogue(network)
    BookingPolicy.objects.update(release_days_ahead=DAYS_AHEAD)
    Pool.objects.update(lanes_total=WINDOWS, lanes_online=WINDOWS_ONLINE)
    network.pools[:] = Pool.objects.order_by("pk")
    day = today(timezone.now())
    make_opening(network, first=day, today=day)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, body text NOT NULL)")


def store_people() -> None:
    """People with a past: their bookings are found again by the hash of the phone."""
    sealed = seal(phone(0))
    with connection.cursor() as cursor:
        cursor.execute(PERSON_TABLE)
        with cursor.copy("COPY bench_person FROM STDIN") as copy:
            for number in range(PEOPLE):
                copy.write_row((number, sealed, lookup_hash(phone(number))))
        cursor.execute("ANALYZE bench_person")


def phone(number: int) -> str:
    """The phone of a person of the bench; nothing is ever sent there."""
    return f"138{number:08d}"


def availability_requests() -> list[bytes]:
    """A week at each centre, for the two items most asked for."""
    offerings = Offering.objects.filter(item__online=True).select_related("centre", "item")
    return [
        request(
            "GET", f"/api/v1/availability/?centre={row.centre.code}&item={row.item.code}&days=7"
        )
        for row in offerings.order_by("item__code", "centre")
        if row.item.code in {"B01", "C02"}
    ]


def booking_requests() -> Iterator[bytes]:
    """Different people, each at another place of another pool and day."""
    starts = _starts()
    for number in range(PEOPLE):
        centre, item, start = starts[number % len(starts)]
        body = {
            "centre": centre,
            "items": [item],
            "start": start,
            "name": "陈小怡",
            "phone": phone(number),
            "language": "zh-hans",
        }
        yield request("POST", "/api/v1/bookings/", body, {"Idempotency-Key": f"bench-{number}"})


def _starts() -> list[tuple[str, str, str]]:
    """(centre, item, start) of every cell of the coming days, shuffled."""
    day = today(timezone.now())
    offered = {
        row.pool_id: row
        for row in Offering.objects.filter(item__online=True, item__minutes=ONE_CELL_MINUTES)
        .select_related("centre", "item")
        .order_by("item__code")
    }
    plans = DayPlan.objects.filter(
        pool__in=offered,
        date__range=(day + timedelta(days=1), day + timedelta(days=DAYS_AHEAD - 1)),
    )
    starts = [
        (row.centre.code, row.item.code, moment(plan.date, cell).isoformat())
        for plan in plans.order_by("pool", "date")
        for row in [offered[plan.pool_id]]
        for cell in lane_table(plan.spans)
    ]
    random.Random(1).shuffle(starts)  # noqa: S311 - repeatable on purpose
    return starts


def request(
    method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> bytes:
    """A request as it goes over the wire."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


HELLO_REQUEST = request("GET", "/")
