"""insert: what bulk_create does, in one prepared statement."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.audit.models import Event
from lishui_center.common.inserting import insert
from services.slots.models import Claim
from tests.factories.services import NOW, PoolFactory

pytestmark = pytest.mark.django_db


def claim(pool, lane):
    return Claim(
        pool=pool, date=NOW.date(), cell=40, lane=lane, hold="h", expires_at=NOW + timedelta(1)
    )


def test_writes_what_was_given_and_gives_keys():
    pool = PoolFactory()

    rows = insert([claim(pool, 0), claim(pool, 1)])

    assert [row.pk for row in Claim.objects.order_by("pk")] == [row.pk for row in rows]
    stored = Claim.objects.get(lane=1)
    assert (stored.expires_at, stored.hold, stored.booking) == (NOW + timedelta(1), "h", None)


def test_keeps_json_as_it_was():
    facts = {"items": ["C02"], "free": None, "über": 1.5}

    (event,) = insert([Event(at=NOW, action="x.y", target_type="t", facts=facts)])

    assert Event.objects.get(pk=event.pk).facts == facts


def test_a_constraint_refuses_all_rows():
    pool = PoolFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        insert([claim(pool, 0), claim(pool, 0)])

    assert not Claim.objects.exists()


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert([]) == []
