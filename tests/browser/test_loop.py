"""From a need to the need that follows from it: everybody at their own screen, page by page.

Every link is made on the pages. Only what was there before stands by the factories: people with
their roles, a team, a room, a member's letter. Who came to the session is left out, minute by
minute, for volunteers/test_presence goes through it; here the lead enters the evening by hand.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from lishui_center.accounts.rules import Role
from services.requests.models import Channel, ServiceRequest
from tests.browser.loop_roles import Expert, Manager, Resident, TownAdmin, Volunteer
from tests.browser.walk import said
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.resources import open_resource
from tests.factories.services import NOW, CentreFactory
from tests.factories.thinktank import member
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.projects.models import Project
from volunteers.teams.models import MemberRole

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]
WIDE = {"width": 1280, "height": 900}
FRIDAY, SATURDAY, NEXT_WEEK = "2026-11-27", NOW + timedelta(days=3), NOW + timedelta(days=9)
LAMPS, PROJECT, MILESTONE = "村口到车站的路灯都不亮", "村道照明补亮", "装好20盏路灯"
REPORT, ADVICE, NEXT_NEED = "补亮之后的村道", "邻村也补装路灯", "邻村村道补装路灯"


class People:
    """A town with a team, a room and a think tank, and those who walk through the loop."""

    def __init__(self, open_phone, open_as):
        self.hall, self.team = open_resource(), TeamFactory(centre=CentreFactory())
        leader = member_of(self.team, role=MemberRole.LEADER)
        lead = member_of(self.team, user=UserFactory(display_name="麦志强"))
        manager = staff_at(self.team.centre_id, role=Role.CENTRE_MANAGER)
        admin = town_wide(Role.TOWN_ADMIN)
        expert = member(by=admin).user
        self.resident, self.neighbour = Resident(open_phone), Resident(open_phone)
        self.leader = Volunteer(lambda: open_as(leader))
        self.lead = Volunteer(lambda: open_as(lead))
        self.expert = Expert(lambda: open_as(expert))
        self.manager = Manager(lambda: open_as(manager, viewport=WIDE))
        self.admin = TownAdmin(lambda: open_as(admin, viewport=WIDE))


@pytest.fixture
def people(open_phone, open_as):
    return People(open_phone, open_as)


def test_a_need_goes_through_every_link_to_the_next_need(people, stop_the_clock):
    number = two_people_ask(people)
    the_team_takes_it_on(people, number)
    it_becomes_a_project(people, number)

    stop_the_clock(SATURDAY)
    people.manager.comes_back()
    the_project_is_done(people)
    it_is_solved(people, number)

    stop_the_clock(NEXT_WEEK)
    people.manager.comes_back()
    people.admin.comes_back()
    the_think_tank_advises(people)

    opened = ServiceRequest.objects.get(channel=Channel.ADVICE)
    the_chain_shows_it_all(people, number, opened)
    everybody_reads_the_results(people.neighbour.page)


def two_people_ask(people):
    """The same lamps, reported twice: one need; its number."""
    number = people.resident.reports(LAMPS, place="村口", phone="13900000001")
    twin = people.neighbour.reports_all_the_same("村口到车站的路灯不亮，晚上很黑")
    people.manager.joins(twin, number)
    people.neighbour.sees(number)
    return number


def the_team_takes_it_on(people, number):
    people.manager.looks_through(number)
    people.manager.passes_on(number, people.team.code)
    people.leader.takes_on(number)
    people.resident.sees(people.team.name)


def it_becomes_a_project(people, number):
    """The leader proposes, the lead plans and starts; a room and an evening are set."""
    people.leader.writes_idea(PROJECT, "麦志强", starts_on="2026-11-25", ends_on="2026-12-20")
    people.lead.plans(PROJECT, MILESTONE, "2026-12-10")
    people.leader.steps(PROJECT, "Propose the project")
    people.manager.approves(PROJECT)
    people.lead.steps(PROJECT, "Start the project")
    people.manager.makes_project(number, PROJECT)
    people.manager.keeps(people.hall.name, PROJECT, FRIDAY)
    people.leader.announces(people.team.code, PROJECT, FRIDAY)


def the_project_is_done(people):
    """Hours with two pairs of eyes, a photo from before and from after, a result, a last look."""
    people.lead.enters_hours(PROJECT, FRIDAY)
    people.leader.approves_hours(people.team.code)
    people.lead.shows(PROJECT, "before", "black", "村口，晚上")
    people.lead.shows(PROJECT, "after", "gold", "村口，装灯之后")
    people.lead.finishes(PROJECT, MILESTONE, "装了20盏路灯")
    people.lead.steps(PROJECT, "Hand in for the final check")
    people.manager.completes(PROJECT)


def it_is_solved(people, number):
    """Said by whoever did the work, and by whoever asked."""
    people.lead.says_it_is_done(PROJECT, number, "20盏灯都亮了")
    people.resident.sees(PROJECT, "20盏灯都亮了")
    people.resident.says_it_is_solved("晚上不怕了")


def the_think_tank_advises(people):
    """A report, published; advice, answered, with a step that opens a need; an effect, checked."""
    people.expert.observes(f"project:{Project.objects.get().code}", REPORT)
    people.admin.publishes(REPORT)
    people.expert.recommends(REPORT, ADVICE, "同样的灯，邻村也需要。")
    people.manager.answers(ADVICE, "下周就报。")
    people.manager.opens_a_need_for(NEXT_NEED, "2026-12-20")
    people.admin.verifies(ADVICE, "夜间求助", "值班记录")


def the_chain_shows_it_all(people, number, opened):
    """No link is missing, and each says what it came from; the new need knows where it began."""
    page = people.manager.page
    people.manager.looks_at_chain(number)
    expect(page.locator(".timeline > li")).to_have_count(13)
    expect(page.locator(".timeline > li:not(.done)")).to_have_count(0)
    people.manager.reads(LAMPS, "晚上很黑", people.team.name, people.hall.name, PROJECT, "装灯行动")
    people.manager.reads("村口，晚上", "村口，装灯之后", REPORT, ADVICE, "下周就报", "夜间求助")
    people.manager.reads(opened.reference)
    page.locator(".timeline").get_by_role("link", name=NEXT_NEED).last.click()
    heading = page.locator(".timeline h2").first
    expect(heading).to_have_text(said(page, "It began with a recommendation"))


def everybody_reads_the_results(page):
    page.goto(reverse("results:page"))
    for text, figure in (
        ("Needs received", 3),
        ("Confirmed by those who asked", 1),
        ("Approved hours", 3),
        ("Projects completed", 1),
        ("Reports published", 1),
        ("Recommendations adopted", 1),
        ("Proven to work", 1),
    ):
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=said(page, text))
        )
        expect(row.locator("td").first).to_have_text(str(figure))
