"""What the pages show, in both languages, and how many queries they take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from lishui_center.accounts.rules import Role
from services.requests.models import ServiceRequest
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.services import NOW, CentreFactory
from tests.factories.thinktank import (
    DAY,
    answered,
    closed_day,
    drafted,
    former_member,
    member,
    profile,
    published,
    recommended,
    submitted,
)
from thinktank.experts.actions import Term, draft_engagement
from thinktank.followup.models import Action
from thinktank.meetings.actions import add_decision, save_meeting
from thinktank.meetings.models import Decision, Meeting
from thinktank.observations.actions import declare_interest
from thinktank.observations.models import Observation
from thinktank.recommendations.models import AnswerClass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


def shown(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def in_english(client):
    client.cookies["django_language"] = "en"
    return client


def queries(client, name, *args, **query):
    with CaptureQueriesContext(connection) as asked:
        shown(client, name, *args, **query)
    return len(asked)


def test_members_stand_by_field_with_their_term_the_former_last(client, admin):
    current, former = member(by=admin, field="law"), former_member(by=admin, name_zh="谭玉珍")
    planned = profile(name_zh="袁思琪")
    draft_engagement(expert_id=planned.pk, term=Term("草", DAY, DAY + timedelta(days=9)), by=admin)

    page = shown(client, "thinktank:members")

    assert page.index(current.name) < page.index(former.name_zh)
    assert date_format(current.engagements.get().ends_on) in page
    assert "袁思琪" not in page


def test_a_hidden_profile_is_no_page(client, admin):
    hidden = member(by=admin, state="hidden")

    assert client.get(reverse("thinktank:member", args=[hidden.code])).status_code == 404


def test_a_report_reads_with_its_evidence_in_the_readers_language(client, admin):
    closed_day(DAY - timedelta(days=1), 4711)
    expert = member(by=admin)
    declare_interest(subject="centre:town", reason="曾任顾问", by=expert.user, now=NOW)
    report = published(expert, by=admin)

    page = shown(client, "thinktank:observation", report.pk)
    english = shown(in_english(client), "thinktank:observation", report.pk)

    assert "里水镇党群服务中心" in page
    assert "非常满意" in page
    for text in ("4711", report.evidence_sha256, "曾任顾问"):
        assert text in page
    assert "Lishui Town Centre" in english
    assert "Very satisfied" in english
    assert "Closed days, by week" in english


def test_publications_are_searched_and_show_only_what_is_public(client, admin):
    expert = member(by=admin)
    report = published(expert, by=admin, title="晚间窗口")
    published(expert, by=admin, title="河涌巡护", text="水质")
    submitted(expert, title="未公开")
    recommended(report, title="未答复")
    answered(recommended(report, title="增开窗口"), admin)

    found = shown(client, "thinktank:publications", q="晚间 等候")
    every = shown(client, "thinktank:publications")
    advice = shown(client, "thinktank:publications", show="recommendations")

    assert "晚间窗口" in found
    assert "河涌巡护" not in found
    assert "河涌巡护" in every
    assert "未公开" not in every
    assert "增开窗口" in advice
    assert "未答复" not in advice


def test_a_letter_prints_its_number_and_days(client, admin):
    expert = member(by=admin)
    client.force_login(expert.user)
    term = expert.engagements.get()

    page = shown(in_english(client), "thinktank:letter", term.pk)

    assert term.letter_no in page
    assert "Pan Bowen" in page


def test_a_member_writes_submits_and_sees_it_on_the_desk(client, admin):
    expert = member(by=admin)
    CentreFactory()
    client.force_login(expert.user)
    sent = {
        "subject": "centre:town",
        "title": "午间",
        "method": "visit",
        "observed_on": DAY.isoformat(),
        "text": "午间有九人等候。",
    }

    refused = client.post(reverse("thinktank:write"), sent | {"title": ""})
    client.post(reverse("thinktank:write"), sent)
    report = Observation.objects.get()
    client.post(reverse("thinktank:submit", args=[report.pk]))

    assert refused.status_code == 422
    assert "午间" in shown(client, "thinktank:desk")
    report.refresh_from_db()
    assert report.state == "submitted"


def test_a_term_that_ended_says_so_and_offers_nothing(client, admin):
    expert = former_member(by=admin)
    client.force_login(expert.user)

    page = shown(client, "thinktank:desk")

    assert reverse("thinktank:write") not in page
    assert expert.name_zh in page


LISTS = [
    ("thinktank:members", ""),
    ("thinktank:publications", ""),
    ("thinktank:publications", "recommendations"),
    ("thinktank:desk", ""),
    ("thinktank-staff:home", ""),
    ("thinktank-staff:engagements", ""),
    ("thinktank-staff:experts", ""),
    ("thinktank-staff:meetings", ""),
    ("thinktank-staff:observations", ""),
    ("thinktank-staff:recommendations", "all"),
]


def test_every_list_takes_the_same_queries_for_one_row_and_for_many(client, admin):
    expert = member(by=admin)
    client.force_login(expert.user)
    staff = Client()
    sign_in_staff(staff, admin)
    _one_of_each(expert, admin)

    def counted():
        return {
            (page, show): queries(staff if "staff" in page else client, page, show=show)
            for page, show in LISTS
        }

    counted()  # Sessions are touched once.
    before = counted()
    for _ in range(2):
        _one_of_each(member(by=admin), admin)
        _one_of_each(expert, admin)

    assert counted() == before


def _one_of_each(expert, admin):
    report = published(expert, by=admin)
    submitted(expert)
    drafted(expert)
    for centre_id in (None, CentreFactory().pk):
        recommended(report, centre_id=centre_id)
        answered(recommended(report, centre_id=centre_id), admin, AnswerClass.PLANNED)
    meeting = save_meeting(
        meeting=Meeting(title="例会", starts_at=NOW, place="会议室", agenda="议程"),
        participants=[expert],
        by=admin,
    )
    late = Decision(meeting=meeting, text="试行", due_on=DAY - timedelta(days=1))
    late.centre = CentreFactory()
    add_decision(decision=late, by=admin)


def test_a_manager_answers_for_their_centre_and_finds_it_in_the_navigation(client, admin):
    manager = staff_at(CentreFactory().pk, role=Role.CENTRE_MANAGER)
    own = recommended(published(member(by=admin), by=admin), centre_id=CentreFactory().pk)
    sign_in_staff(client, manager)
    assert own.title in shown(client, "thinktank-staff:recommendations")

    client.post(
        reverse("thinktank-staff:answer", args=[own.pk]), {"answer_class": "A", "text": "好"}
    )

    page = shown(client, "thinktank:recommendation", own.pk)
    assert "好" in page
    assert reverse("thinktank-staff:step-add", args=[own.pk]) in page


def test_the_api_lists_published_reports_only(client, admin):
    expert = member(by=admin)
    report = published(expert, by=admin)
    submitted(expert)

    found = client.get("/api/v1/observations/").json()
    none = client.get("/api/v1/observations/", {"q": "没有"}).json()

    assert found["count"] == 1
    assert found["results"][0]["number"] == report.pk
    assert found["results"][0]["subject"]["code"] == "town"
    assert found["results"][0]["expert"]["name"] == "潘博文"
    assert found["results"][0]["evidence_sha256"] == report.evidence_sha256
    assert none["results"] == []


@pytest.mark.parametrize(
    ("kind", "reference", "number"),
    [("new_request", "", 1), ("training", "", 0), ("new_request", "S2611250001", 0)],
    ids=["a need", "what cannot be opened", "what is there already"],
)
def test_a_step_opens_a_need_or_says_why_not(client, admin, kind, reference, number):
    advice = recommended(published(member(by=admin), by=admin))
    answered(advice, admin)
    sign_in_staff(client, admin)
    step = {"kind": kind, "title": "邻村也装灯", "due_on": DAY.isoformat(), "opens": "on"}

    answer = client.post(
        reverse("thinktank-staff:step-add", args=[advice.pk]), step | {"reference": reference}
    )

    assert answer.status_code == (302 if number else 422)
    assert ServiceRequest.objects.count() == Action.objects.count() == number
