"""The staff's pages of hours: what waits for them, one record, the ledger, the second look."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.common.clock import ZONE, today
from lishui_center.common.tables import TABLES, Asked
from tests.factories.accounts import sign_in_staff
from tests.factories.hours import approved, around, centre_team, decided, disputed, entered, late
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.disputes.models import Dispute, DisputeState
from volunteers.hours.models import AdjustmentState, HourAdjustment, HourEntry, HourState
from volunteers.review.actions import draw_sample
from volunteers.review.models import DismissedAnomaly, SampledEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(stop_the_clock):
    stop_the_clock(NOW)
    return centre_team()


@pytest.fixture
def people(team):
    return around(team)


@pytest.fixture
def open_as(client):
    def sign_in(user):
        sign_in_staff(client, user)
        client.get(reverse("hours:ledger"))  # The first request of a session writes it.
        return client

    return sign_in


def post(client, name, pk, **typed):
    return client.post(reverse(f"hours:{name}", args=[pk]), typed)


def test_shows_what_no_leader_can_decide_on_and_approves_it(team, people, open_as):
    recorded(people.member, service(team))
    waits = [
        recorded(people.volunteer, service(team, ago=20, hours=9)),
        recorded(people.leader, service(team)),
        late(team, people.colleague, people.volunteer),
    ]
    own = late(team, people.staff, people.member)

    client = open_as(people.staff)
    rows = client.get(reverse("hours:waiting")).context["rows"]
    assert {row.entry for row in rows} == {*waits, own}
    assert {row.entry: row.may_be_decided for row in rows}[own] is False
    client.post(reverse("hours:waiting"), {"entry": [entry.pk for entry in [*waits, own]]})

    states = dict(HourEntry.objects.values_list("pk", "state"))
    assert [states[entry.pk] for entry in waits] == [HourState.APPROVED] * 3
    assert states[own.pk] == HourState.SUBMITTED


def test_a_team_of_the_town_waits_for_the_administrator_only(people, open_as):
    entry = recorded(*_of_the_town())

    assert open_as(people.staff).get(reverse("hours:waiting")).context["rows"] == []
    rows = open_as(people.admin).get(reverse("hours:waiting")).context["rows"]
    assert [row.entry for row in rows] == [entry]


def _of_the_town():
    team = TeamFactory()
    return member_of(team), service(team)


def test_asks_the_database_the_same_for_many(team, people, open_as):
    def fill():
        recorded(member_of(team), service(team, ago=20, hours=9))
        disputed(entered(team, people.leader, member_of(team)))
        entry = approved(team, people.leader)
        _propose(entry, people.colleague)

    def queries(address):
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        return len(made)

    client = open_as(people.manager)
    addresses = [reverse(f"hours:{name}") for name in ("waiting", "ledger", "teams", "audit")]
    fill()
    draw_sample(day=today(NOW))
    few = [queries(address) for address in addresses]
    for _number in range(3):
        fill()
    draw_sample(day=today(NOW))

    assert [queries(address) for address in addresses] == few


def _propose(entry, by):
    return HourAdjustment.objects.create(
        entry=entry,
        volunteer=entry.volunteer,
        minutes=-60,
        after=60,
        reason="算错",
        made_by=by,
        made_at=NOW,
    )


def test_a_record_is_decided_disputed_corrected_and_confirmed_on_its_page(team, people, open_as):
    entry = recorded(people.volunteer, service(team))
    client = open_as(people.staff)
    page = client.get(reverse("hours:record", args=[entry.pk]))
    assert page.context["may_decide"]
    post(client, "decide", entry.pk, act="approve")
    post(client, "correct", entry.pk, after="90", reason="早退")
    correction = HourAdjustment.objects.get()
    post(client, "confirm", correction.pk, act="confirm")
    assert not client.get(reverse("hours:record", args=[entry.pk])).context["may_confirm"]

    post(open_as(people.manager), "confirm", correction.pk, act="confirm")

    correction.refresh_from_db()
    assert (correction.state, correction.confirmed_by) == (
        AdjustmentState.CONFIRMED,
        people.manager,
    )
    page = open_as(people.auditor).get(reverse("hours:record", args=[entry.pk])).context
    assert page["standing"] == 90
    assert not any(page[name] for name in ("may_decide", "may_settle", "may_confirm"))


def test_a_dispute_is_answered_with_words(team, people, open_as):
    dispute = disputed(entered(team, people.leader, people.volunteer))
    client = open_as(people.staff)

    post(client, "settle", dispute.pk, act="refuse", reason=" ")
    assert Dispute.objects.get().state == DisputeState.OPEN
    post(client, "settle", dispute.pk, act="refuse", reason="签到表上有")
    assert Dispute.objects.get().state == DisputeState.REFUSED


def test_staff_enter_what_came_late(team, people, open_as):
    typed = {
        "id": "7b0c1d5e-6f0a-4d6e-9a52-0d4f2f7f3a10",
        "volunteer": people.volunteer.pk,
        "day": "2026-09-20",
        "start": "19:00",
        "end": "21:00",
        "note": "巡河",
        "reason": "当时没有手机",
        "basis": "9月签到表",
        "evidence": "D",
    }
    client = open_as(people.staff)
    address = reverse("hours:enter", args=[team.code])
    assert people.volunteer.masked_name in client.get(address).content.decode()
    assert client.post(address, typed | {"basis": ""}).status_code == 422
    client.post(address, typed)

    entry = HourEntry.objects.get()
    assert (entry.entered_by, entry.basis, entry.minutes) == (people.staff, "9月签到表", 120)
    assert open_as(people.staff_elsewhere).get(address).status_code == 404


def test_the_administrator_allows_a_long_day(team, people, open_as):
    address = reverse("hours:allow", args=[team.code])
    typed = {"volunteer": people.volunteer.pk, "day": "2026-11-24", "reason": "台风值守"}

    assert open_as(people.manager).get(address).status_code == 404
    assert open_as(people.admin).post(address, typed).status_code == 302


def test_the_ledger_is_narrowed_by_the_day_on_which_service_began(team, people, open_as):
    """The centre's day, which is eight hours ahead of the database's."""
    midnight = datetime.combine(today(NOW), time(), ZONE)
    ago = (NOW - midnight) / timedelta(hours=1)
    first = recorded(people.member, service(team, ago=ago, hours=1))
    before = recorded(people.member, service(team, ago=ago + 1, hours=1))
    client, day = open_as(people.manager), today(midnight)

    def shown(**days):
        page = client.get(reverse("hours:ledger"), {name: str(at) for name, at in days.items()})
        return {entry.pk for entry in page.context["page"]}

    assert first.date == day
    assert shown(first=day, last=day) == {first.pk}
    assert shown(last=day - timedelta(days=1)) == {before.pk}
    assert shown(first=day - timedelta(days=1)) == {first.pk, before.pk}


def test_the_ledger_and_its_file_hold_the_same(team, people, open_as):
    entry = approved(team, people.leader)
    recorded(*_of_the_town())
    client = open_as(people.staff)

    page = client.get(reverse("hours:ledger"), {"team": team.code, "state": "approved"})
    assert list(page.context["page"]) == [entry]
    assert client.get(reverse("hours:ledger"), {"first": "x"}).status_code == 200

    asked = Asked(people.staff, {"team": team.code}, NOW)
    (row,) = TABLES["hours"].rows(asked)
    cells = [column.value(row) for column in TABLES["hours"].columns(asked)]
    assert cells[0] == entry.volunteer.masked_name
    assert list(TABLES["hours"].rows(Asked(people.auditor, {}, NOW)))[-1:] != []


def test_a_manager_checks_what_was_drawn_and_dismisses_a_pattern(team, people, open_as):
    entry = decided(recorded(people.volunteer, service(team, ago=7)), people.leader)
    draw_sample(day=today(NOW))
    sample = SampledEntry.objects.get()
    client = open_as(people.manager)
    page = client.get(reverse("hours:audit"))
    (found,) = page.context["anomalies"]
    assert page.context["checkable"] == {sample.pk}

    doubt = {"act": "doubt", "remark": "", "after": ""}
    assert post(client, "check", sample.pk, **doubt).status_code == 422
    post(client, "check", sample.pk, act="doubt", remark="没有人见过", after="0")
    assert HourAdjustment.objects.get().entry == entry
    dismiss = reverse("hours:dismiss", args=[found.kind, found.key])
    assert client.get(dismiss).status_code == 200
    client.post(dismiss, {"reason": "夜间巡河"})
    assert DismissedAnomaly.objects.get().made_by == people.manager
    assert client.get(dismiss).status_code == 404


def test_auditors_read_and_decide_nothing(team, people, open_as):
    approved(team, people.leader)
    draw_sample(day=today(NOW))
    client = open_as(people.auditor)

    assert client.get(reverse("hours:audit")).context["checkable"] == set()
    assert client.get(reverse("hours:ledger")).status_code == 200
    pk = SampledEntry.objects.get().pk
    assert client.get(reverse("hours:check", args=[pk])).status_code == 404
    assert client.get(reverse("hours:waiting")).status_code == 404
