"""A leader's screen: a whole evening at once, the exceptions on top."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.notifications.models import Notification
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.hours.models import HourEntry, HourState
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def leader(client, team, stop_the_clock):
    stop_the_clock(NOW)
    user = member_of(team, role=MemberRole.LEADER)
    client.force_login(user)
    return user


def address(team):
    return reverse("volunteers:team-hours", args=[team.code])


def sent(team, count):
    return [recorded(member_of(team), service(team)) for _ in range(count)]


def test_approves_a_whole_session_with_one_press(client, team, leader):
    entries = sent(team, 3)
    page = client.get(address(team))
    assert all(row.may_be_approved and not row.remarks for row in page.context["rows"])

    ticked = {"entry": [str(entry.pk) for entry in entries]}
    answer = client.post(address(team), ticked, follow=True)

    assert set(HourEntry.objects.values_list("state", flat=True)) == {HourState.APPROVED}
    assert "已通过3条。" in answer.content.decode()


def test_shows_first_what_deserves_a_look(client, team, leader):
    plain = recorded(member_of(team), service(team, ago=20))
    own = recorded(leader, service(team))
    long = recorded(member_of(team), service(team, ago=10, hours=9))
    regular = member_of(team)
    for days in range(3):
        recorded(regular, service(team, ago=3 + 24 * days))

    rows = client.get(address(team)).context["rows"]

    assert rows[-1].entry == plain
    remarks = {row.entry.pk: row.remarks for row in rows}
    assert remarks[own.pk] == ["本人的记录，由他人审核。"]
    assert remarks[long.pk] == ["当天超过8小时，由中心工作人员审核。"]
    assert sum("多次填写" in "".join(words) for words in remarks.values()) == 3


def test_a_forged_tick_approves_nothing_that_is_not_the_teams(client, team, leader):
    own, foreign = recorded(leader, service(team)), sent(TeamFactory(), 1)[0]

    keys = [str(own.pk), str(foreign.pk), "nonsense"]
    answer = client.post(address(team), {"entry": keys}, follow=True)

    assert set(HourEntry.objects.values_list("state", flat=True)) == {HourState.SUBMITTED}
    assert "未处理，由他人审核" in answer.content.decode()


def test_asks_about_a_record_and_takes_it_off_the_list(client, team, leader):
    (entry,) = sent(team, 1)
    ask = reverse("volunteers:ask-about-hours", args=[team.code, entry.pk])

    assert "请写几句" in client.post(ask, {"act": "ask"}, follow=True).content.decode()
    client.post(ask, {"act": "ask", "reason": "在哪里？"})

    assert Notification.objects.get(kind="hours_question").user == entry.volunteer
    assert client.get(address(team)).context["rows"] == []


def test_members_strangers_and_former_leaders_find_no_such_page(client, team, stop_the_clock):
    stop_the_clock(NOW)
    (entry,) = sent(team, 1)
    yesterday = (NOW - timedelta(days=1)).date()
    for user in (
        member_of(team),
        member_of(TeamFactory(), role=MemberRole.LEADER),
        member_of(team, role=MemberRole.LEADER, ends_on=yesterday),
    ):
        client.force_login(user)
        assert client.get(address(team)).status_code == 404
        ask = reverse("volunteers:ask-about-hours", args=[team.code, entry.pk])
        assert client.post(ask, {"act": "reject", "reason": "x"}).status_code == 404


def test_asks_the_database_the_same_for_many(client, team, leader):
    def queries():
        with CaptureQueriesContext(connection) as made:
            client.get(address(team))
        return len(made)

    sent(team, 1)
    few = queries()
    sent(team, 11)

    assert queries() == few
