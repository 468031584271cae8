"""20 phones send at one moment: one record for one id, one winner where times overlap.

The negative control takes the guard away and must count a minute twice.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lishui_center.accounts.models import User
from lishui_center.api.tokens.actions import make_token
from lishui_center.common.clock import today
from tests.factories.volunteers import TeamFactory, member_of
from tests.races.server import at_once, post_hours, running_server
from volunteers.hours import rules
from volunteers.hours.models import Evidence, HourEntry, HourMinute, Source
from volunteers.teams.models import Team

PHONES = 20

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team() -> Team:
    return TeamFactory(code="creek")


@pytest.fixture
def volunteer(team: Team) -> User:
    return member_of(team)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with running_server(tmp_path) as server:
        yield server.port


def an_hour_ago() -> datetime:
    return timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)


def body(*, minutes_later: int = 0) -> dict[str, Any]:
    """Half an hour of service."""
    start = an_hour_ago() + timedelta(minutes=minutes_later)
    return {
        "id": str(uuid4()),
        "team": "creek",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=30)).isoformat(),
    }


def send(port: int, person: User, bodies: list[dict[str, Any]]) -> Counter[int]:
    """How many were answered with which status, all sent at one moment."""
    token = make_token(user=person, now=timezone.now())
    answers = at_once(post_hours, [(port, token, sent) for sent in bodies])
    return Counter(status for status, _ in answers)


def test_one_id_sent_by_20_at_once_is_one_record(port: int, volunteer: User):
    answers = send(port, volunteer, [body()] * PHONES)

    assert answers == {201: 1, 200: PHONES - 1}
    assert HourEntry.objects.count() == 1
    assert HourMinute.objects.count() == 30


def test_of_20_records_that_share_a_minute_one_stands(port: int, volunteer: User):
    # Each begins a minute after the other, so that all meet in the last minute of the first.
    answers = send(port, volunteer, [body(minutes_later=n) for n in range(PHONES)])

    assert answers == {201: 1, 409: PHONES - 1}
    assert HourEntry.objects.count() == 1


def test_the_key_alone_stops_those_who_look_then_write(volunteer: User, team: Team):
    assert look_then_write(volunteer, team) == {"taken": 1, "refused": PHONES - 1}


def test_without_the_key_those_who_look_then_write_count_twice(
    volunteer: User, team: Team, without_the_key: None
):
    assert look_then_write(volunteer, team)["taken"] > 1


@pytest.fixture
def without_the_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The unique key on minutes dropped, and put back afterwards."""
    [key] = HourMinute._meta.constraints
    # SQLite makes the table anew from what the model says.
    monkeypatch.setattr(HourMinute._meta, "constraints", [])
    with connection.schema_editor() as editor:
        editor.remove_constraint(HourMinute, key)
    yield
    HourMinute.objects.all().delete()
    monkeypatch.undo()
    with connection.schema_editor() as editor:
        editor.add_constraint(HourMinute, key)


def look_then_write(volunteer: User, team: Team) -> Counter[str]:
    """What each of 20 gets who all looked before anybody wrote: the plainest code for it."""
    looked = threading.Barrier(PHONES)

    def one(n: int) -> str:
        start = an_hour_ago() + timedelta(minutes=n)
        entry = a_record(volunteer, team, start)
        try:
            assert not HourEntry.objects.of(volunteer).exists()
            looked.wait(60)
            with transaction.atomic():
                entry.save(force_insert=True)
                HourMinute.objects.bulk_create(
                    HourMinute(entry=entry, volunteer=volunteer, minute=minute)
                    for minute in rules.minute_keys(entry.starts_at, entry.ends_at)
                )
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(PHONES) as phones:
        return Counter(phones.map(one, range(PHONES)))


def a_record(volunteer: User, team: Team, start: datetime) -> HourEntry:
    return HourEntry(
        id=uuid4(),
        volunteer=volunteer,
        team=team,
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        date=today(start),
        last_date=today(start),
        minutes=30,
        source=Source.VOLUNTEER,
        evidence=Evidence.STATEMENT,
        created_at=start,
    )
