"""A day of all 41 halls replayed by processes: no number doubled, no call doubled, no state lost.

`make bench ARGS="--only hall"` replays 10,000 tickets; here are fewer, so that CI need not wait.
"""

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import pytest
from django.db import connection

from benchmarks.hall_day import Clerks, Kiosk, give_numbers, serve_day
from benchmarks.hall_proof import faults_of_day
from benchmarks.hall_scene import open_halls
from services.tickets.models import Ticket, TicketEvent
from services.windows.models import WindowSession
from tests.factories.house import database_url

KIOSKS, DESKS = 2, 3
TICKETS = 600

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_day_of_41_halls_loses_and_doubles_nothing():
    pools = [pool.pk for pool in open_halls()]
    clerks = list(WindowSession.objects.order_by("pk").values_list("clerk", flat=True))
    url, each = database_url(), TICKETS // KIOSKS
    connection.close()

    # Windows of one queue are dealt to different processes; the first clerks have two consoles.
    doubled = clerks + clerks[:DESKS]
    with ProcessPoolExecutor(KIOSKS + DESKS, multiprocessing.get_context("spawn")) as processes:
        kiosks = [
            processes.submit(give_numbers, Kiosk(url, f"kiosk-{n}", pools, each))
            for n in range(KIOSKS)
        ]
        desks = [
            processes.submit(serve_day, Clerks(url, f"desks-{n}", doubled[n::DESKS], TICKETS))
            for n in range(DESKS)
        ]
        given = [kiosk.result() for kiosk in kiosks]
        calls = [desk.result() for desk in desks]

    assert faults_of_day(given, calls) == []
    assert Ticket.objects.count() == TICKETS
    kinds = Counter(TicketEvent.objects.values_list("kind", flat=True))
    assert min(kinds[kind] for kind in ("recalled", "missed", "transferred", "undone", "held")) > 0
