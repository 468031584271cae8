"""Needs that a team's members note on their visits."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lishui_center.audit.models import Event
from lishui_center.dashboards.loop.need import need_link
from services.requests.models import Channel, ServiceRequest
from services.requests.rules import Party
from services.tracking.story import full_story, origin_name, public_story
from tests.factories.accounts import UserFactory, sign_in_staff
from tests.factories.needs import Desk, report
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of

pytestmark = pytest.mark.django_db

PHONE = "13900000006"


class Visit:
    """A village's team with a member at the door."""

    def __init__(self, client):
        self.desk = Desk()
        self.team = TeamFactory(
            centre=self.desk.village, name_zh="村先锋队", name_en="Village team"
        )
        self.member = member_of(self.team)
        self.client = client
        client.force_login(self.member)
        self.page = reverse("volunteers:team-visit-new", args=[self.team.code])

    def note(self, **more):
        typed = {
            "category": "elders",
            "text": "独居长者家里电线老化，晚上跳闸",
            "centre": self.desk.village.code,
        }
        return self.client.post(self.page, typed | more)


@pytest.fixture
def visit(client, stop_the_clock):
    stop_the_clock(NOW)
    return Visit(client)


def test_a_member_notes_a_need_and_the_team_is_its_origin(visit):
    answer = visit.note()

    need = ServiceRequest.objects.get()
    assert answer.url == reverse("volunteers:team-visits", args=[visit.team.code])
    assert (need.channel, need.visited_by) == (Channel.VISIT, visit.team.code)
    assert (need.entered_by, need.user) == (visit.member, None)
    assert need.responsible == visit.desk.village
    assert need.events.get().party == Party.UNIT
    told = visit.client.get(answer.url).content.decode()
    assert need.reference in told


def test_the_origin_stands_in_the_story_and_the_chain(visit):
    visit.note()
    need = ServiceRequest.objects.select_related("centre").get()

    for story in (public_story(need), full_story(need)):
        assert visit.team.name in story[0]["text"]
    assert origin_name(need) == visit.team.name
    assert visit.team.name in need_link(need).lines[0].note
    sign_in_staff(visit.client, visit.desk.village_clerk)
    page = visit.client.get(reverse("staff:need", args=[need.reference])).content.decode()
    assert page.count(visit.team.name) >= 2


def test_a_number_is_kept_only_with_a_yes(visit):
    refused = visit.note(phone=PHONE)
    assert refused.status_code == 422
    assert not ServiceRequest.objects.exists()

    visit.note(phone=PHONE, consent="on")

    need = ServiceRequest.objects.get()
    assert need.followers.get().phone == PHONE
    assert Event.objects.get(action="need.submitted").facts["consent"] == "visit-1"


def test_what_is_known_is_followed_and_not_doubled(visit):
    known = report(
        visit.desk.village, category="elders", text="独居长者家里电线老化，晚上总跳闸"
    ).request

    step = visit.note(phone=PHONE, consent="on")
    assert step.context["known"] == [known]
    visit.note(phone=PHONE, consent="on", follow=known.reference)

    assert ServiceRequest.objects.get() == known
    assert known.followers.get(is_reporter=False).phone == PHONE
    assert Event.objects.get(action="need.followed").facts["consent"] == "visit-1"
    visit.note(sure="1")
    assert ServiceRequest.objects.count() == 2


def test_only_members_of_an_active_team_note_and_read(visit):
    former = member_of(visit.team, ends_on=date(2026, 11, 1))
    pages = [visit.page, reverse("volunteers:team-visits", args=[visit.team.code])]
    elsewhere = member_of(TeamFactory(centre=visit.desk.town))
    for user in (former, elsewhere, UserFactory(), visit.desk.village_clerk):
        visit.client.force_login(user)
        assert [visit.client.get(page).status_code for page in pages] == [404, 404]
        assert visit.note().status_code == 404
    visit.client.force_login(visit.member)
    visit.team.state = "dormant"
    visit.team.save()
    assert visit.note().status_code == 404
    assert not ServiceRequest.objects.exists()


def test_notes_at_the_teams_own_places_alone(visit):
    station = CommunityFactory(tier="station", parent=visit.desk.village)

    assert visit.note(centre=visit.desk.town.code).status_code == 422
    assert visit.note(centre=station.code).status_code == 302
    assert ServiceRequest.objects.get().responsible == visit.desk.village


def test_a_team_of_the_town_notes_anywhere(visit):
    team = TeamFactory(centre=None)
    member_of(team, user=visit.member)
    visit.page = reverse("volunteers:team-visit-new", args=[team.code])

    assert visit.note(centre=visit.desk.town.code).status_code == 302


def test_words_that_name_a_number_are_not_read_back(visit):
    visit.note(text="请打13800000009找李婆婆")

    page = visit.client.get(reverse("volunteers:team-visits", args=[visit.team.code]))

    assert "李婆婆" not in page.content.decode()


def test_a_team_comes_only_by_a_visit(visit):
    need = report(visit.desk.town).request

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRequest.objects.filter(pk=need.pk).update(visited_by=visit.team.code)


def test_the_list_asks_as_much_for_twelve_as_for_one(visit, django_assert_max_num_queries):
    page = reverse("volunteers:team-visits", args=[visit.team.code])
    visit.note(sure="1")
    visit.client.get(page)
    with django_assert_max_num_queries(20) as one:
        visit.client.get(page)
    asked = len(one)
    for _ in range(11):
        visit.note(sure="1")

    with django_assert_max_num_queries(asked):
        assert len(visit.client.get(page).context["page"].object_list) == 12
