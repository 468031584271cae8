"""The pages of teams: for everybody, for leaders, for staff."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.exports import body, take
from tests.factories.services import NOW, CentreFactory, CommunityFactory
from tests.factories.teams import asks, proposed
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.hours.deciding import approve_all
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.teams.asking import AskState
from volunteers.teams.models import MemberRole, Membership, Team, TeamState

pytestmark = pytest.mark.django_db
DAY = today(NOW)


@pytest.fixture(autouse=True)
def _wednesday(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def team():
    return TeamFactory(code="creek", centre=CentreFactory(), about_zh="每周六巡河。")


@pytest.fixture
def leader(team):
    return member_of(team, role=MemberRole.LEADER, user=UserFactory(display_name="郭永强"))


@pytest.fixture
def staff(client, team):
    user = staff_at(team.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, user)
    return user


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def asked_for(client, name, *args):
    with CaptureQueriesContext(connection) as asked:
        page(client, name, *args)
    return len(asked)


def test_lists_active_teams_by_centre_and_word(client, team):
    village = TeamFactory(centre=CommunityFactory(), name_zh="护学队")
    TeamFactory(centre=team.centre, state=TeamState.DISBANDED, state_on=DAY, state_reason="-")

    def listed(**query):
        return list(page(client, "volunteers:teams", **query).context["page"])

    assert listed() == [team, village]
    assert listed(centre=village.centre.code) == [village]
    assert listed(q="巡河") == [team]
    assert listed(q="护学", centre="nowhere") == [village]


def test_masks_leaders_for_all_but_members(client, team, leader):
    assert "郭*强" in page(client, "volunteers:team", "creek").content.decode()

    client.force_login(member_of(team))

    text = page(client, "volunteers:team", "creek").content.decode()
    assert "郭永强" in text
    assert "每周六巡河" in text


def test_counts_approved_hours_in_all_and_this_month(client, team, leader):
    person = member_of(team)
    for ago in (3, 29 * 24):
        entry = recorded(person, service(team, ago=ago))
        approve_all(team=team, entry_ids=[entry.pk], by=leader, now=NOW)
    recorded(person, service(team, ago=50))

    minutes = page(client, "volunteers:team", "creek").context["minutes"]

    assert (minutes.total, minutes.month) == (240, 120)


def test_asks_withdraws_and_leaves_by_the_pages(client, team, leader):
    person = UserFactory()
    other = TeamFactory()
    member_of(other, user=person)
    client.force_login(person)
    form = {"words": "想参加", "leaving": Membership.objects.get(user=person).pk}
    join = reverse("volunteers:join-team", args=["creek"])

    assert client.post(join, {"words": ""}).status_code == 422
    client.post(join, form)
    assert JoinRequest.objects.get().leaving.team == other
    assert client.post(join, form).status_code == 422
    client.post(reverse("volunteers:withdraw-request", args=["creek"]))
    assert JoinRequest.objects.get().state == AskState.WITHDRAWN

    leave = reverse("volunteers:leave-team", args=[other.code])
    assert client.get(leave).status_code == 200
    client.post(leave)
    assert not Membership.objects.open().filter(user=person).exists()


def test_a_leader_who_leaves_is_told_what_to_do(client, team, leader):
    client.force_login(leader)

    answer = client.post(reverse("volunteers:leave-team", args=["creek"]))

    assert answer.status_code == 409


def test_a_leader_answers_proposes_and_ends_terms(client, team, leader):
    client.force_login(leader)
    asked, deputy = asks(team), member_of(team, role=MemberRole.DEPUTY)
    answer = reverse("volunteers:join-request", args=["creek", asked.pk])
    assert asked.words in page(client, "volunteers:team-people", "creek").content.decode()
    assert client.get(answer).status_code == 200

    assert client.post(answer, {"act": "refuse"}).status_code == 422
    client.post(answer, {"act": "accept"})
    joined = Membership.objects.get(user=asked.user)
    propose = reverse("volunteers:propose-role", args=["creek"])
    client.post(propose, {"candidate": joined.pk, "role": "deputy", "words": "热心"})
    proposal = RoleProposal.objects.get()
    assert "热心" in page(client, "volunteers:team-people", "creek").content.decode()
    client.post(reverse("volunteers:withdraw-proposal", args=["creek", proposal.pk]))
    term = Membership.objects.get(user=deputy)
    end = reverse("volunteers:end-deputy", args=["creek", term.pk])
    assert client.get(end).status_code == 200
    client.post(end)

    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert Membership.objects.open().get(user=deputy).role == MemberRole.MEMBER


def test_staff_add_change_and_disband_a_team(client, team, staff):
    form = {
        "code": "Night-Watch",
        "name_zh": "夜归人守护队",
        "name_en": "Night watch",
        "kind": "resident",
        "centre": team.centre_id,
    }
    add = reverse("volunteer-staff:team-add")

    assert client.post(add, {**form, "code": "import"}).status_code == 422
    assert client.post(add, {**form, "centre": ""}).status_code == 422
    client.post(add, form)
    made = Team.objects.get(code="night-watch")
    edit = reverse("volunteer-staff:team-edit", args=[made.code])
    client.post(edit, {**form, "about_zh": "陪夜归人回家"})
    state = reverse("volunteer-staff:team-state", args=[made.code])
    client.post(state, {"state": "disbanded", "reason": "人手不够"})

    made.refresh_from_db()
    assert (made.about_zh, made.state) == ("陪夜归人回家", TeamState.DISBANDED)
    assert client.get(state).status_code == 200


def test_staff_answer_propose_and_decide(client, team, leader, staff):
    asked, proposal = asks(team), proposed(team, by=leader)
    answer = reverse("volunteer-staff:join-request", args=["creek", asked.pk])
    decide = reverse("volunteer-staff:proposal", args=["creek", proposal.pk])
    for address in (answer, decide, reverse("volunteer-staff:team", args=["creek"])):
        assert client.get(address).status_code == 200

    client.post(answer, {"act": "accept"})
    client.post(decide, {"act": "accept"})
    joined = Membership.objects.get(user=asked.user)
    form = {"candidate": joined.pk, "role": "leader", "words": "接班"}
    client.post(reverse("volunteer-staff:propose", args=["creek"]), form)
    own = RoleProposal.objects.get(proposed_by=staff)
    own_page = reverse("volunteer-staff:proposal", args=["creek", own.pk])
    assert client.post(own_page, {"act": "accept"}).status_code == 422
    client.post(reverse("volunteer-staff:proposal-withdraw", args=["creek", own.pk]))

    own.refresh_from_db()
    assert own.state == "withdrawn"
    assert Membership.objects.open().get(user=proposal.candidate).role == MemberRole.DEPUTY


def test_the_same_queries_for_one_and_many(client, team, leader, staff):
    places = [
        ("volunteers:teams",),
        ("volunteer-staff:teams",),
        ("volunteer-staff:team", "creek"),
    ]
    asks(team)
    proposed(team, by=leader)
    page(client, *places[1])  # The first request of a session writes that it is awake.
    few = [asked_for(client, *place) for place in places]
    for _ in range(5):
        member_of(TeamFactory(centre=CommunityFactory()), role=MemberRole.LEADER)
        asks(TeamFactory(centre=team.centre))
        asks(team)
        proposed(team, by=leader)

    assert [asked_for(client, *place) for place in places] == few
    client.force_login(leader)
    before = asked_for(client, "volunteers:team-people", "creek")
    member_of(team)
    asks(team)
    assert asked_for(client, "volunteers:team-people", "creek") == before


def test_exports_members_masked(client, team, leader, staff):
    member_of(TeamFactory(centre=CommunityFactory()))
    member_of(team, ends_on=DAY - timedelta(days=9))

    people = body(take(client, "team-members", team="creek")).decode()
    teams = body(take(client, "teams")).decode()

    assert "郭*强" in people
    assert leader.phone not in people
    assert (len(people.splitlines()), len(teams.splitlines())) == (2, 2)


def test_a_town_wide_team_is_the_administrators(client, staff):
    TeamFactory(code="night")
    assert page(client, "volunteer-staff:team", "night").status_code == 404

    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    assert page(client, "volunteer-staff:team", "night").status_code == 200
