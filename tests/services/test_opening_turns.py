"""Two editors of one centre take turns, so that neither preview misses the other's change."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from services.centres.models import Centre
from services.opening.actions import Change, preview_change
from tests.factories.opening import weekly_offering
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def locked_elsewhere():
    """Locks a centre in another connection until the test ends."""
    held, over = threading.Event(), threading.Event()
    threads = []

    def hold(centre_id):
        try:
            with transaction.atomic():
                Centre.objects.select_for_update().get(pk=centre_id)
                held.set()
                over.wait(30)
        finally:
            connection.close()

    def lock(centre):
        threads.append(threading.Thread(target=hold, args=[centre.pk]))
        threads[0].start()
        assert held.wait(10)

    yield lock
    over.set()
    for thread in threads:
        thread.join()


def test_a_second_editor_waits(locked_elsewhere):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time anyway")
    centre = weekly_offering().centre
    locked_elsewhere(centre)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            preview_change(change=Change((centre.pk,), lambda: None), now=NOW)
        transaction.set_rollback(True)
