"""The pages of projects: for everybody, for those who do the work, for staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.exports import body, csv_rows, take
from tests.factories.photos import upload
from tests.factories.projects import DAY, finish_work, led_team, noted, project_in, step
from tests.factories.services import NOW
from tests.factories.volunteers import member_of, recorded, service
from volunteers.evidence.models import Evidence, EvidenceKind
from volunteers.hours.models import HourEntry, HourState
from volunteers.projects.models import Project
from volunteers.projects.rules import Act, MilestoneState, State
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(settings, tmp_path, stop_the_clock):
    settings.MEDIA_ROOT = tmp_path
    stop_the_clock(NOW)


@pytest.fixture
def led():
    return led_team()


@pytest.fixture
def leader(client, led):
    client.force_login(led[1])
    return led[1]


def address(name, project, *more):
    return reverse(f"volunteers:project{name}", args=[project.code, *more])


def test_everybody_reads_what_was_approved_and_nothing_before(client, led):
    idea = noted(*led)
    done = project_in(State.COMPLETED, team=led[0])
    given_up = project_in(State.CANCELLED)

    page = client.get(reverse("projects:list"))
    assert list(page.context["page"]) == [done, given_up]
    assert client.get(reverse("projects:project", args=[idea.code])).status_code == 404
    shown = client.get(reverse("projects:project", args=[done.code])).content.decode()
    assert "装了20盏" in shown
    assert shown.count("?small") == 2


def test_the_list_is_narrowed_by_words_and_choices(client, led):
    here = project_in(State.ACTIVE, team=led[0], title_zh="河涌巡护")
    project_in(State.APPROVED)

    def found(**query):
        return list(client.get(reverse("projects:list"), query).context["page"])

    assert found(q="巡护") == found(centre=here.centre.code) == found(state="active") == [here]
    assert len(found(category="infrastructure")) == 2
    assert found(category="youth") == []
    assert len(found(state="idea", centre="nowhere")) == 2  # nonsense narrows nothing


def test_papers_stay_inside(client, leader, led):
    project = project_in(State.COMPLETED, team=led[0])
    paper = Evidence.objects.filter(project=project, kind=EvidenceKind.AFTER).get()
    file = reverse("projects:photo", args=[project.code, paper.pk])
    client.logout()
    answer = client.get(file)
    assert (b"".join(answer)[:4], "public" in answer["Cache-Control"]) == (b"RIFF", True)

    Evidence.objects.update(kind=EvidenceKind.DOCUMENT)

    assert client.get(file).status_code == 404
    client.force_login(leader)
    answer = client.get(file)
    assert (b"".join(answer)[:4], "private" in answer["Cache-Control"]) == (b"RIFF", True)


def test_a_leader_brings_an_idea_to_a_proposal_by_the_pages(client, leader, led):
    team = led[0]
    words = {
        "title_zh": "口袋公园共建",
        "kind": "pioneer",
        "category": "environment",
        "summary": "空地变公园",
        "target": "建成一处口袋公园",
        "starts_on": "2026-11-01",
        "ends_on": "2026-10-01",
        "team": team.code,
        "lead": leader.pk,
    }
    new = reverse("volunteers:project-new")
    assert client.post(new, words).status_code == 422
    client.post(new, {**words, "ends_on": "2027-03-01"})
    project = Project.objects.get()
    page = client.get(address("", project))
    assert [offer.is_ready for offer in page.context["offers"]] == [False, True]

    steps = {"step-title": "设计", "step-weight": "2", "step-due_on": "2026-12-20"}
    client.post(address("-plan", project), steps)
    costs = {"cost-title": "苗木", "cost-planned": "1200.50", "cost-source": "donation"}
    client.post(address("-money", project), costs)
    seen = client.get(address("-step", project, "propose")).context["form"].initial["seen"]
    client.post(address("-step", project, "propose"), {"seen": seen})

    project.refresh_from_db()
    assert (project.state, project.proposed_by) == (State.PROPOSED, leader)
    assert project.budget.get().planned_fen == 120_050
    edit = {**words, "ends_on": "2027-04-01", "title_zh": "口袋公园"}
    client.post(address("-edit", project), edit)
    assert Project.objects.get().title_zh == "口袋公园"


def test_the_work_is_done_by_the_pages(client, leader, led):
    project = project_in(State.ACTIVE, team=led[0])
    milestone, line = project.milestones.get(), project.budget.get()
    client.post(address("-milestone", project, milestone.pk), {"state": "dropped"})
    assert project.milestones.get().state == MilestoneState.OPEN
    client.post(address("-milestone", project, milestone.pk), {"state": "done"})
    client.post(address("-cost", project, line.pk), {"spent": "99.90"})
    client.post(address("-result", project), {"text": "亮了"})
    for kind, colour in (("before", "black"), ("after", "white")):
        picture = {"kind": kind, "caption": "村口", "taken_on": DAY, "photo": upload(colour)}
        client.post(address("-photos", project), picture)

    offers = client.get(address("", project)).context["offers"]
    assert {offer.act: offer.is_ready for offer in offers}[Act.SUBMIT]
    assert project.budget.get().spent_fen == 9_990
    remove = address("-photo-remove", project, project.evidence.first().pk)
    assert client.get(remove).status_code == 200
    client.post(remove)
    assert project.evidence.count() == 1


def test_a_file_that_is_no_photo_is_refused_in_words(client, leader, led):
    project = project_in(State.ACTIVE, team=led[0])
    bad = upload()
    bad.file.truncate(20)

    picture = {"kind": "before", "caption": "村口", "taken_on": DAY, "photo": bad}
    answer = client.post(address("-photos", project), picture)

    assert (answer.status_code, project.evidence.count()) == (422, 0)


def test_a_manager_decides_on_what_comes_first_and_only_on_what_was_read(client, led):
    team, _leader = led
    project_in(State.ACTIVE, team=team)
    project = project_in(State.PROPOSED, team=team)
    sign_in_staff(client, staff_at(team.centre_id, role=Role.CENTRE_MANAGER))
    page = client.get(reverse("projects-staff:list"))
    assert page.context["page"][0] == project
    act = reverse("projects-staff:step", args=[project.code, "approve"])

    assert client.post(act, {"seen": project.version - 1}).status_code == 422
    answer = client.post(act, {"seen": project.version})

    project.refresh_from_db()
    assert (answer.status_code, project.state) == (302, State.APPROVED)
    back = reverse("projects-staff:step", args=[project.code, "cancel"])
    assert client.post(back, {"seen": project.version}).status_code == 422  # no reason
    assert client.get(act).status_code == 404


def test_who_leads_it_is_told_that_a_colleague_decides(client, led):
    team, _leader = led
    project = project_in(State.REVIEW, team=team)
    manager = staff_at(team.centre_id, role=Role.CENTRE_MANAGER)
    member_of(team, user=manager, role=MemberRole.DEPUTY)
    sign_in_staff(client, manager)

    page = client.get(reverse("projects-staff:project", args=[project.code]))

    assert (page.context["is_own"], page.context["offers"]) == (True, [])


def test_hours_that_stand_are_shown_with_the_project(client, led):
    project = project_in(State.ACTIVE, team=led[0])
    page = reverse("projects:project", args=[project.code])
    recorded(member_of(led[0]), service(led[0], project=project.code))
    assert "2小时" not in client.get(page).content.decode()

    HourEntry.objects.update(state=HourState.APPROVED, decided_by=UserFactory(), decided_at=NOW)

    assert "2小时" in client.get(page).content.decode()


def test_takes_the_list_away_as_a_file(client, led):
    project_in(State.ACTIVE, team=led[0], title_zh="河涌巡护")
    project_in(State.PROPOSED)
    sign_in_staff(client, town_wide(Role.AUDITOR))

    (line,) = csv_rows(body(take(client, "projects", state="active")))

    assert "河涌巡护" in line.values()
    assert "2500.0" in line.values()


@pytest.mark.parametrize("place", ["projects:list", "volunteers:projects", "projects-staff:list"])
def test_asks_the_database_the_same_for_many(client, led, place):
    team, _leader = led
    member_of(team, user=town_wide(Role.TOWN_ADMIN))
    sign_in_staff(client, team.memberships.last().user)

    def queries():
        with CaptureQueriesContext(connection) as made:
            assert client.get(reverse(place)).context["page"].object_list
        return len(made)

    project_in(State.ACTIVE, team=team)
    queries()  # a staff session is written at its first page
    few = queries()
    for _ in range(3):
        project_in(State.APPROVED, team=team)

    assert queries() == few


def test_the_api_lists_what_was_approved_and_narrows_it(client, led):
    project = project_in(State.ACTIVE, team=led[0])
    towns = project_in(State.APPROVED, kind="demonstration")
    noted(*led_team())

    def codes(**query):
        return [row["code"] for row in client.get("/api/v1/projects/", query).json()["results"]]

    assert codes() == [project.code, towns.code]
    assert codes(state="approved") == [towns.code]
    assert codes(centre=project.centre.code) == [project.code]
    assert codes(category="youth") == []
    with CaptureQueriesContext(connection) as made:
        one = client.get(f"/api/v1/projects/{project.code}/").json()
    assert len(made) == 3
    assert (one["state"], one["centre"], one["teams"]) == (
        "active",
        project.centre.code,
        [led[0].code],
    )
    assert one["milestones"][0]["weight"] == 3
    assert client.get("/api/v1/projects/nowhere/").json()["code"] == "not_found"


def test_who_is_in_no_leading_place_writes_no_idea(client, led):
    client.force_login(member_of(led[0]))

    assert client.get(reverse("volunteers:projects")).context["may_propose"] is False
    assert client.get(reverse("volunteers:project-new")).status_code == 404


def test_a_completed_project_offers_nothing(client, leader, led):
    project = project_in(State.ACTIVE, team=led[0])
    finish_work(project, leader)
    step(project, Act.SUBMIT, leader)

    page = client.get(address("", project))

    assert page.context["offers"] == []
