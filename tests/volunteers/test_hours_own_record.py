"""A volunteer's own record, and a leader's form for a whole evening."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts import privacy
from tests.factories.accounts import UserFactory
from tests.factories.hours import around, centre_team, decided, disputed, entered
from tests.factories.services import NOW
from tests.factories.volunteers import recorded, service
from volunteers.disputes.models import Dispute
from volunteers.hours.access import totals_of
from volunteers.hours.deciding import Decision
from volunteers.hours.models import HourEntry, HourState
from volunteers.privacy import DEVICE_KEPT, forget_devices

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(stop_the_clock):
    stop_the_clock(NOW)
    return centre_team()


@pytest.fixture
def people(team):
    return around(team)


@pytest.fixture
def volunteer(client, people):
    client.force_login(people.volunteer)
    return people.volunteer


def page_of(entry):
    return reverse("volunteers:hour-record", args=[entry.pk])


def test_shows_the_whole_history_and_takes_the_answer(client, team, people, volunteer):
    entry = decided(recorded(volunteer, service(team)), people.leader, Decision.ASK)
    page = client.get(page_of(entry))
    assert page.context["asks"]
    assert [event["note"] for event in page.context["events"]] == ["", "说明"]

    client.post(page_of(entry), {"act": "answer", "text": "在村口"})

    assert client.get(page_of(entry)).context["events"][-1]["note"] == "在村口"
    assert HourEntry.objects.get().state == HourState.SUBMITTED


def test_says_what_is_missing_in_an_answer(client, team, people, volunteer):
    entry = decided(recorded(volunteer, service(team)), people.leader, Decision.ASK)

    assert client.post(page_of(entry), {"act": "answer", "text": ""}).status_code == 422


def test_takes_a_record_back(client, team, volunteer):
    entry = recorded(volunteer, service(team))

    client.post(page_of(entry), {"act": "withdraw"})

    assert HourEntry.objects.get().state == HourState.VOID
    assert not client.get(page_of(entry)).context["may_withdraw"]


def test_disputes_what_a_leader_entered(client, team, people, volunteer):
    entry = entered(team, people.leader, volunteer)
    page = client.get(page_of(entry)).context
    assert (page["may_dispute"], page["may_withdraw"]) == (True, False)

    client.post(page_of(entry), {"act": "dispute", "text": "那天我不在"})

    assert Dispute.objects.get().against == people.leader
    assert not client.get(page_of(entry)).context["may_dispute"]


def test_strangers_find_no_such_record(client, team, volunteer):
    entry = recorded(volunteer, service(team))
    client.force_login(UserFactory())

    assert client.get(page_of(entry)).status_code == 404
    assert client.post(page_of(entry), {"act": "withdraw"}).status_code == 404


def test_a_leader_enters_an_evening_once(client, team, people):
    client.force_login(people.leader)
    address = reverse("volunteers:record-evening", args=[team.code])
    key = client.get(address).context["form"]["key"].value()
    typed = {"key": key, "day": "2026-11-24", "start": "19:00", "end": "21:00", "note": "巡河"}
    assert client.post(address, typed).status_code == 422
    for _twice in range(2):
        client.post(address, typed | {"people": [people.volunteer.pk, people.leader.pk]})

    assert HourEntry.objects.count() == 2
    outsider = typed | {"people": [people.stranger.pk]}
    assert client.post(address, outsider).status_code == 422
    client.force_login(people.member)
    assert client.get(address).status_code == 404


def test_the_copy_holds_the_records_and_erasing_leaves_only_minutes(team, people):
    entry = decided(
        recorded(people.volunteer, service(team, note="陪陈阿婆", device="d" * 32)), people.leader
    )
    disputed(entered(team, people.leader, people.volunteer, ago=8))
    copy = privacy.export_all(people.volunteer, now=timezone.now())
    found = json.loads(json.dumps(copy))["volunteer_hours"]
    assert [row["note"] for row in found] == ["", "陪陈阿婆"]
    assert [step["act"] for step in found[1]["history"]] == ["sent", "approved"]

    privacy.erase_all(people.volunteer, now=NOW)

    entry.refresh_from_db()
    assert (entry.note, entry.device, entry.minutes) == ("", "", 120)
    assert totals_of(people.volunteer).approved == 120
    assert not entry.events.exclude(text="").exists()


def test_forgets_phones_after_a_while(team, people):
    recorded(people.volunteer, service(team, device="d" * 32))

    assert forget_devices(now=NOW + DEVICE_KEPT) == 0
    assert forget_devices(now=NOW + DEVICE_KEPT * 2) == 1
