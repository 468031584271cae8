"""Entering service by the page, and what it shows of the others."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from lishui_center.common.clock import ZONE
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.hours.models import HourEntry, HourState
from volunteers.templatetags.hours import hours

pytestmark = pytest.mark.django_db
ADDRESS = "/volunteer/"


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def volunteer(client, team, stop_the_clock):
    stop_the_clock(NOW)
    user = member_of(team)
    client.force_login(user)
    return user


def typed(team, **more):
    return {
        "id": str(uuid4()),
        "team": team.code,
        "day": "2026-11-24",
        "start": "09:00",
        "end": "11:30",
        "note": "巡河",
        **more,
    }


def test_a_form_sent_twice_is_one_record(client, team, volunteer):
    sent = typed(team)

    first, second = client.post(ADDRESS, sent), client.post(ADDRESS, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert HourEntry.objects.get().minutes == 150


def test_an_evening_may_end_after_midnight(client, team, volunteer):
    client.post(ADDRESS, typed(team, start="22:00", end="00:30"))

    entry = HourEntry.objects.get()
    assert entry.ends_at == datetime(2026, 11, 25, 0, 30, tzinfo=ZONE)


def test_says_what_to_do_and_keeps_what_was_typed(client, team, volunteer):
    answer = client.post(ADDRESS, typed(team, start="11:00", end="09:00"))

    assert answer.status_code == 422
    assert "晚于开始时间" in answer.content.decode()
    assert answer.context["form"]["note"].value() == "巡河"


def test_presets_the_team_of_the_last_record(client, team, volunteer):
    other = TeamFactory(code="a-first")
    member_of(other, user=volunteer)
    recorded(volunteer, service(team))

    answer = client.get(ADDRESS)

    assert [known.pk for known in answer.context["teams"]] == [team.pk, other.pk]


def test_shows_totals_and_only_ones_own_records(client, team, volunteer):
    entry = recorded(volunteer, service(team, ago=9, hours=1.5))
    recorded(volunteer, service(team, ago=3))
    recorded(member_of(team), service(team))
    HourEntry.objects.filter(pk=entry.pk).update(
        state=HourState.APPROVED, decided_by=UserFactory(), decided_at=NOW
    )

    answer = client.get(ADDRESS)

    assert (answer.context["totals"].approved, answer.context["totals"].waiting) == (90, 120)
    assert answer.context["totals"].next_star == 100
    assert len(answer.context["page"].object_list) == 2


def test_asks_the_database_the_same_for_many(client, team, volunteer):
    def queries():
        with CaptureQueriesContext(connection) as made:
            client.get(ADDRESS)
        return len(made)

    recorded(volunteer, service(team, ago=30))
    few = queries()
    for number in range(12):
        recorded(volunteer, service(team, ago=60 + 6 * number))

    assert queries() == few


def test_who_is_in_no_team_is_told_how_to_join_one(client):
    client.force_login(UserFactory())

    assert "导办台" in client.get(ADDRESS).content.decode()


def test_a_visitor_signs_in_first(client):
    answer = client.get(reverse("volunteers:my-hours"))

    assert answer.status_code == 302
    assert "login" in answer.url


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 h"), (45, "45 min"), (120, "2 h"), (150, "2 h 30 min")]
)
def test_reads_minutes_as_people_do(minutes, words):
    with override("en"):
        assert hours(minutes) == words


def test_enters_for_a_team_that_one_left_last_week(client, team, stop_the_clock):
    stop_the_clock(NOW)
    left = member_of(team, ends_on=(NOW - timedelta(days=7)).date())
    client.force_login(left)

    assert client.post(ADDRESS, typed(team, day="2026-11-17")).status_code == 302
    assert client.post(ADDRESS, typed(team, day="2026-11-20")).status_code == 422
