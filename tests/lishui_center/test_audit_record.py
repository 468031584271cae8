"""Writing the trail, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lishui_center.audit.actions import ReasonMissingError, record, seal_events, unmask
from lishui_center.audit.models import Event
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_writes_one_row_with_one_query(django_assert_num_queries):
    user = UserFactory()

    with django_assert_num_queries(1):
        record(user, "booking.booked", user, centre_id=3, items=["A1"])

    event = Event.objects.get()
    assert (event.actor, event.actor_label) == (user, f"user:{user.pk}")
    assert (event.target_type, event.target_id) == ("accounts.user", str(user.pk))
    assert event.facts == {"items": ["A1"]}
    assert event.position is None


def test_names_the_system_when_nobody_acts():
    record(None, "hours.purged", "services.hours", ok=False)

    event = Event.objects.get()
    assert (event.actor, event.actor_label, event.ok) == (None, "system", False)


def test_is_undone_with_the_change_it_records():
    with transaction.atomic():
        record(None, "a.b", "c")
        transaction.set_rollback(True)

    assert not Event.objects.exists()


def test_keeps_the_network_of_the_request_not_the_address(client):
    client.post("/accounts/login/", {"login": "a@b.org", "password": "x"}, REMOTE_ADDR="192.0.2.77")

    assert Event.objects.get().address == "192.0.2.0"


def test_records_an_unmasking_with_its_reason():
    clerk, resident = UserFactory(), UserFactory()

    unmask(clerk, resident, " Called back about the papers ", centre_id=4)

    event = Event.objects.get()
    assert (event.action, event.centre_id) == ("personal.unmasked", 4)
    assert event.reason == "Called back about the papers"


def test_unmasks_nothing_without_a_reason():
    with pytest.raises(ReasonMissingError):
        unmask(UserFactory(), UserFactory(), "  ")

    assert not Event.objects.exists()


@pytest.mark.parametrize("column", ["action", "reason", "ok", "hash", "position"])
def test_the_database_refuses_to_change_a_sealed_event(column):
    record(None, "a.b", "c")
    seal_events()
    value = {"ok": False, "position": 7}.get(column, "x")

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(**{column: value})


@pytest.mark.parametrize("column", ["action", "actor_label", "facts", "at"])
def test_the_database_refuses_to_change_the_content_before_sealing(column):
    record(None, "a.b", "c")
    value = {"facts": {"n": 1}, "at": timezone.now()}.get(column, "x")

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(**{column: value})


def test_the_database_refuses_to_delete_a_sealed_event():
    record(None, "a.b", "c")
    seal_events()

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all().delete()


def test_the_database_lets_go_of_events_after_the_retention():
    Event.objects.create(
        at=timezone.now() - timedelta(days=366), actor_label="system", action="a", target_type="c"
    )
    seal_events()

    Event.objects.all().delete()

    assert not Event.objects.exists()


def test_the_guard_is_really_in_the_database():
    record(None, "a.b", "c")
    seal_events()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET reason = 'x'")
