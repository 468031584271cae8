"""From a need to the need that follows from it: every link, and who sees the chain."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.dashboards.loop.access import get_need_for_chain
from lishui_center.dashboards.loop.chain import chain_of
from lishui_center.dashboards.loop.joints import health_of, viewer_of
from services.dispatching.models import Dispatch
from services.ratings.models import Score
from services.requests.errors import ProjectMissingError
from services.requests.models import Channel, ServiceRequest
from services.requests.rules import Act
from services.requests.rules import State as NeedState
from services.resolution.actions import Opinion, give_feedback
from tests.factories.accounts import sign_in_staff, town_wide
from tests.factories.activities import make_activity, make_session
from tests.factories.needs import Desk, report
from tests.factories.projects import finish_work, manager_of, project_in, step
from tests.factories.resources import entered, open_resource
from tests.factories.services import NOW
from tests.factories.thinktank import DAY, answered, member, published, recommended
from tests.factories.volunteers import TeamFactory, member_of
from thinktank.followup.actions import Step, add_action, settle_action
from thinktank.followup.models import ActionState
from thinktank.observations.models import Observation
from thinktank.recommendations.actions import Finding, verify_effect
from thinktank.subjects.evidence import period_before
from thinktank.subjects.needs import NEED_CATEGORIES
from volunteers.hours.attending import Attendance, record_attendance
from volunteers.hours.deciding import approve_all
from volunteers.needs.actions import link_need, unlink_need
from volunteers.needs.errors import (
    NotYourNeedError,
    ProjectClosedError,
    ProjectElsewhereError,
    ProjectHasItError,
)
from volunteers.needs.models import ProjectNeed
from volunteers.projects.rules import Act as ProjectAct
from volunteers.projects.rules import State as ProjectState
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=1)


class Loop:
    """A need of the town that goes through every link; resident, desk, leader, lead, expert."""

    def __init__(self):
        self.desk, self.admin = Desk(), town_wide(Role.TOWN_ADMIN)
        self.team = TeamFactory(centre=self.desk.town)
        self.leader = member_of(self.team, role=MemberRole.LEADER)
        self.reporter = report(self.desk.town)
        self.need = self.reporter.request
        self.project = project_in(ProjectState.ACTIVE, team=self.team)

    def pass_to_team(self):
        other = report(self.desk.town, phone="13900000002", text="路灯不亮").request
        self.desk.do(other, Act.MERGE, into=self.need.reference, by=self.desk.clerk)
        self.desk.do(self.need, Act.TRIAGE)
        self.do(Act.DISPATCH, self.desk.clerk, target=("team", self.team.code))

    def do(self, act, by, **given):
        self.need = self.desk.do(self.need, act, by=by, **given)

    def work(self):
        """A session of the project with an approved hour, pictures, the end of the project."""
        entered(open_resource(), self.admin, for_kind="project", for_code=self.project.code)
        session = make_session(
            make_activity(team=self.team, project=self.project), start=NOW - 3 * DAYS
        )
        served = Attendance(
            session.pk,
            self.team,
            session.starts_at,
            session.ends_at,
            project_id=session.activity.project_id,
        )
        entry = record_attendance(volunteer=member_of(self.team), attendance=served, now=NOW)
        approve_all(team=self.team, entry_ids=[entry.pk], by=self.leader, now=NOW)
        finish_work(self.project, self.leader)
        step(self.project, ProjectAct.SUBMIT, self.leader)
        step(self.project, ProjectAct.COMPLETE, manager_of(self.project))

    def advise(self):
        """A report on the project, advice, an answer, a step that opens a need, a check."""
        expert = member(by=self.admin)
        seen = published(expert, by=self.admin, subject=f"project:{self.project.code}")
        advice = recommended(seen, centre_id=self.desk.town.pk)
        answered(advice, self.desk.manager)
        more = Step("new_request", "邻村也装灯", DAY + DAYS, opens=True)
        action = add_action(recommendation_id=advice.pk, step=more, by=self.desk.manager, now=NOW)
        settle_action(
            action_id=action.pk, state=ActionState.DONE, note="", by=self.desk.manager, now=NOW
        )
        found = Finding("夜间求助", Decimal(9), Decimal(2), has_effect=True, note="台账")
        verify_effect(recommendation_id=advice.pk, finding=found, by=self.admin, now=NOW)
        return ServiceRequest.objects.get(reference=action.reference)


@pytest.fixture
def loop(stop_the_clock):
    stop_the_clock(NOW)
    return Loop()


def test_a_need_goes_through_every_link_to_the_next_need(loop, client):
    loop.pass_to_team()
    client.force_login(loop.leader)
    accept(client, loop)
    loop.do(Act.TO_PROJECT, loop.desk.clerk, project=loop.project.code)
    loop.work()
    loop.do(Act.RESOLVE, loop.project.lead)
    give_feedback(
        follower_id=loop.reporter.pk, opinion=Opinion(solved=True, satisfaction=Score(5)), now=NOW
    )
    opened = loop.advise()

    pack = Observation.objects.get().evidence
    assert [table["rows"][0][-1] for table in pack["tables"][1:]] == [120, 1]
    assert NEED_CATEGORIES.draw("parking", period_before(DAY))[0].rows == []
    assert (opened.channel, opened.responsible) == (Channel.ADVICE, loop.desk.town)
    links = links_of(loop.need.reference, loop.desk.manager)
    assert not [link.key for link in links if not link.is_there]
    assert links_of(opened.reference, loop.admin)[0].key == "origin"
    page = shown(loop.desk.manager, loop.need.reference).content.decode()
    for text in (opened.reference, loop.team.name, loop.project.title, "夜间求助"):
        assert text in page


def accept(client, loop):
    """On the leader's own page."""
    address = reverse("volunteers:need-act", args=[loop.need.reference, "accept"])
    assert loop.need.reference in client.get(reverse("volunteers:needs")).content.decode()
    found = reverse("volunteers:need", args=[loop.need.reference])
    assert address in client.get(found).content.decode()
    loop.need.refresh_from_db()
    assert client.post(address, {"accept-version": loop.need.version}).status_code == 302
    loop.need.refresh_from_db()
    assert loop.need.state == NeedState.ACCEPTED
    assert loop.need.responsible == loop.desk.town


def links_of(reference, user):
    need = get_need_for_chain(user, reference, DAY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        links = chain_of(need, user=user, day=DAY)
    assert len(queries) <= 20
    return links


def shown(user, reference):
    staff = Client()
    sign_in_staff(staff, user)
    return staff.get(reverse("dashboards:chain", args=[reference]))


def test_a_need_becomes_a_project_only_with_a_link(loop):
    need = loop.desk.do(loop.need, Act.TRIAGE)
    with pytest.raises(ProjectMissingError):
        loop.desk.do(need, Act.TO_PROJECT, by=loop.desk.clerk)
    link_need(need_id=need.pk, code=loop.project.code, by=loop.desk.clerk, now=NOW)

    need = loop.desk.do(need, Act.TO_PROJECT, by=loop.desk.clerk)

    assert (need.target_kind, need.target_code) == ("project", loop.project.code)
    assert Dispatch.objects.get().state == "accepted"
    with pytest.raises(ProjectHasItError):
        part(need, loop.desk.clerk)


def part(need, by, reason="误关联"):
    unlink_need(link_id=need.project_links.get().pk, reason=reason, by=by, now=NOW)


def test_links_only_what_goes_on_near_the_need(loop):
    elsewhere = project_in(ProjectState.ACTIVE)
    idea = project_in(ProjectState.IDEA, team=loop.team)
    for code, refusal in ((elsewhere.code, ProjectElsewhereError), (idea.code, ProjectClosedError)):
        with pytest.raises(refusal):
            link_need(need_id=loop.need.pk, code=code, by=loop.desk.clerk, now=NOW)
    assert not ProjectNeed.objects.exists()


def test_who_may_link_and_who_sees_the_chain(loop):
    loop.pass_to_team()
    people = {  # who: (links and parts, page of the chain, page of the leaders)
        loop.desk.clerk: (True, 200, 404),
        loop.desk.manager: (True, 200, 404),
        loop.admin: (True, 200, 404),
        loop.leader: (True, 404, 200),
        town_wide(Role.AUDITOR): (False, 200, 404),
        loop.desk.village_clerk: (False, 404, 404),
        town_wide(Role.EXPERT): (False, 404, 404),
        member_of(loop.team): (False, 404, 404),
    }
    for person, (may, chain, leaders) in people.items():
        assert may_link(loop, person) == may, person.role_grants.all()
        assert shown(person, loop.need.reference).status_code == chain
        own = Client()
        own.force_login(person)
        page = own.get(reverse("volunteers:need", args=[loop.need.reference]))
        assert page.status_code == leaders


def may_link(loop, person):
    try:
        link_need(need_id=loop.need.pk, code=loop.project.code, by=person, now=NOW)
    except NotYourNeedError:
        return False
    part(loop.need, person)
    return True


def test_the_board_counts_what_stops(loop):
    later = NOW + 40 * DAYS
    loop.desk.do(loop.need, Act.TRIAGE)
    link_need(need_id=loop.need.pk, code=loop.project.code, by=loop.desk.clerk, now=NOW)
    report(loop.desk.village, phone="13900000003")
    sent = report(loop.desk.town, phone="13900000004").request
    loop.desk.do(sent, Act.TRIAGE)
    loop.desk.do(sent, Act.DISPATCH)
    expert = member(by=loop.admin)
    published(expert, by=loop.admin)
    recommended(published(expert, by=loop.admin, title="二"))
    advice = recommended(published(expert, by=loop.admin, title="三"), centre_id=loop.desk.town.pk)
    answered(advice, loop.desk.manager)
    ProjectNeed.objects.filter(request=loop.need).update(project=project_in(ProjectState.COMPLETED))

    assert counts(loop.admin, NOW) == {"unconfirmed": 1, "no-steps": 1}
    everything = counts(loop.admin, later + 60 * DAYS)
    at_village = counts(loop.desk.village_clerk, later)

    assert everything == {
        "unread": 1,
        "not-accepted": 1,
        "quiet": 1,
        "unconfirmed": 1,
        "no-advice": 1,
        "unanswered": 1,
        "no-steps": 1,
    }
    assert at_village == {"unread": 1, "not-accepted": 1}


def counts(user, now):
    return {stop.joint.key: stop.count for stop in health_of(viewer_of(user, now)) if stop.count}


def test_the_boards_pages_open(loop):
    report(loop.desk.village, phone="13900000003", now=NOW - 9 * DAYS)
    staff = Client()
    sign_in_staff(staff, loop.admin)
    page = staff.get(reverse("dashboards:loop")).content.decode()
    assert reverse("dashboards:joint", args=["unread"]) in page
    assert staff.get(reverse("dashboards:joint", args=["unread"])).status_code == 200
    assert staff.get(reverse("dashboards:joint", args=["nothing"])).status_code == 404


def test_the_projects_page_leads_to_the_need_for_those_who_have_it(loop, client):
    need = loop.desk.do(loop.need, Act.TRIAGE)
    loop.desk.do(need, Act.TO_PROJECT, by=loop.desk.clerk, project=loop.project.code)
    own = reverse("volunteers:project", args=[loop.project.code])
    leads_to = reverse("volunteers:need", args=[need.reference])
    for person, finds_it in ((loop.project.lead, True), (loop.leader, False)):
        client.force_login(person)
        assert (leads_to in client.get(own).content.decode()) == finds_it
        assert (client.get(leads_to).status_code == 200) == finds_it
    staff = Client()
    sign_in_staff(staff, loop.desk.manager)
    page = staff.get(reverse("projects-staff:project", args=[loop.project.code]))
    assert reverse("dashboards:chain", args=[need.reference]) in page.content.decode()
