"""The hash chain: sealed once, in one line, and every tampering seen."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from lishui_center.audit import actions, triggers
from lishui_center.audit.actions import purge_events, record, seal_events
from lishui_center.audit.models import Event
from lishui_center.audit.rules import START, Link, first_break, link_hash
from lishui_center.audit.tasks import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(db):
    """A database whose owner took the triggers away."""
    triggers.remove(connection)


def written(number: int) -> None:
    for index in range(number):
        record(None, "a.b", "c", index=index)


def chain(*contents: dict) -> list[Link]:
    links, before = [], START
    for position, content in enumerate(contents, start=1):
        digest = link_hash(content, before)
        links.append(Link(position, before, digest, content))
        before = digest
    return links


def test_a_chain_of_links_is_whole():
    assert first_break(chain({"n": 1}, {"n": 2}, {"n": 3})) is None


def test_a_missing_link_is_found():
    first, _second, third = chain({"n": 1}, {"n": 2}, {"n": 3})

    assert first_break([first, third]) == 2


def test_a_changed_link_is_found():
    first, second = chain({"n": 1}, {"n": 2})
    forged = Link(second.position, second.previous_hash, second.hash, {"n": 99})

    assert first_break([first, forged]) == 2


def test_a_link_sealed_anew_breaks_the_next_one():
    _first, second = chain({"n": 1}, {"n": 2})
    forged = chain({"n": 99})

    assert first_break([*forged, second]) == 2


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert link_hash({"a": 1, "b": "里"}, START) == link_hash({"b": "里", "a": 1}, START)


def test_seals_in_the_order_of_writing():
    written(3)

    assert seal_events() == 3
    assert [e.facts["index"] for e in Event.objects.sealed()] == [0, 1, 2]
    assert Event.objects.verdict().broken_at is None


def test_goes_on_where_it_stopped():
    written(2)
    seal_events()
    written(2)

    assert seal_events() == 2
    assert list(Event.objects.sealed().values_list("position", flat=True)) == [1, 2, 3, 4]
    assert Event.objects.verdict().broken_at is None


def test_the_task_seals_more_than_a_batch(monkeypatch):
    monkeypatch.setattr("lishui_center.audit.tasks.BATCH", 2)
    written(5)

    seal()

    assert Event.objects.sealed().count() == 5


def test_verify_reports_a_whole_chain():
    written(2)
    seal_events()
    record(None, "a.b", "c")
    out = StringIO()

    call_command("audit_verify", stdout=out)

    assert "sealed: 2" in out.getvalue()
    assert "waiting to be sealed: 1" in out.getvalue()
    assert "whole" in out.getvalue()


@pytest.mark.parametrize(
    "change", [{"reason": "nothing"}, {"ok": False}, {"actor_label": "user:9"}]
)
def test_verify_names_the_first_changed_link(unguarded, change):
    written(4)
    seal_events()
    Event.objects.filter(position=3).update(**change)

    with pytest.raises(CommandError, match="position 3"):
        call_command("audit_verify", stdout=StringIO())


def test_verify_names_a_deleted_link(unguarded):
    written(4)
    seal_events()
    Event.objects.filter(position=2).delete()

    with pytest.raises(CommandError, match="position 2"):
        call_command("audit_verify", stdout=StringIO())


def test_the_purge_cuts_off_the_old_end_and_the_rest_still_verifies():
    for days in (400, 380, 1):
        Event.objects.create(
            at=timezone.now() - timedelta(days=days),
            actor_label="system",
            action="a",
            target_type="c",
        )
    seal_events()

    assert purge_events(now=timezone.now()) == 2
    seal_events()

    assert Event.objects.sealed().first().position == 3
    assert Event.objects.verdict().broken_at is None


def test_a_link_missing_behind_the_purge_is_still_found(unguarded):
    for days in (400, 1, 1):
        Event.objects.create(
            at=timezone.now() - timedelta(days=days),
            actor_label="system",
            action="a",
            target_type="c",
        )
    seal_events()
    purge_events(now=timezone.now())
    Event.objects.filter(position=2).delete()

    assert Event.objects.verdict().broken_at == 2


def test_the_purge_has_nothing_to_do_most_days():
    written(1)
    seal_events()

    assert purge_events(now=timezone.now()) == 0


@pytest.fixture
def emptied(transactional_db):
    """Sealed events could not be flushed after the test."""
    yield
    with triggers.lifted(connection):
        Event.objects.all().delete()


def run_together(number: int, work) -> list:
    """Run `work` in that many threads, each with a connection of its own."""
    barrier, results = threading.Barrier(number), []

    def one() -> None:
        try:
            barrier.wait()
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_sealers_make_one_chain(emptied):
    written(200)

    sealed = run_together(2, lambda: sum(seal_events(limit=10) for _ in range(30)))

    seal()
    assert sum(sealed) <= 200
    assert list(Event.objects.sealed().values_list("position", flat=True)) == [*range(1, 201)]
    assert Event.objects.verdict().broken_at is None


def test_a_sealer_gives_up_when_its_rows_were_taken(emptied, monkeypatch):
    """The other sealer comes between reading and writing; on SQLite it has to wait its turn."""
    written(3)
    waits = connection.vendor == "sqlite"
    hash_of = actions.link_hash
    rival = threading.Thread(target=lambda: (seal_events(), connection.close()))

    def overtaken(content, before):
        monkeypatch.setattr(actions, "link_hash", hash_of)
        rival.start()
        rival.join(timeout=0.2 if waits else 10)
        assert rival.is_alive() is waits
        return hash_of(content, before)

    monkeypatch.setattr(actions, "link_hash", overtaken)
    answer = seal_events()
    rival.join()

    assert answer == (3 if waits else 0)
    assert list(Event.objects.sealed().values_list("position", flat=True)) == [1, 2, 3]
    assert Event.objects.verdict().broken_at is None
