"""Who may do what: every act of the think tank tried by everybody, through the pages.

An act counts as done when it left its event in the audit trail.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.services import NOW, CentreFactory
from tests.factories.think_tank_scene import ThinkTank, manager_of
from tests.factories.thinktank import DAY, former_member
from thinktank.observations.models import Observation

pytestmark = pytest.mark.django_db

EVERYBODY = ("author", "ended", "colleague", "resident", "clerk", "manager", "admin", "auditor")
TOWN = {"admin"}
MEMBERS = {"author", "colleague"}
OWNERS = {"manager", "admin"}
REPORT = {
    "subject": "centre:town",
    "title": "晚间",
    "method": "visit",
    "observed_on": DAY.isoformat(),
    "text": "内容",
}
LAST = DAY + timedelta(days=900)
TERM = {"letter_no": "新1号", "first": (LAST - timedelta(days=5)).isoformat(), "last": LAST}
ANSWER = {"answer_class": "A", "text": "采纳"}
FINDING = {"metric": "等候", "before": "3", "after": "2", "note": "台账", "has_effect": "yes"}
STEP = {"kind": "training", "title": "培训", "due_on": DAY.isoformat()}
MEETING = {
    "title": "例会",
    "starts_at": "2026-12-01T14:30",
    "place": "会议室",
    "agenda": "议程",
}
PROFILE = {
    "code": "changed",
    "field": "law",
    "name_zh": "霍兆明",
    "state": "listed",
}


@dataclass(frozen=True)
class Act:
    """An address to post to, the event it leaves, and who may."""

    url: str
    event: str
    allowed: set[str]
    target: str = ""
    sent: dict[str, object] | None = None


ACTS = [
    Act("thinktank:write", "observation.saved", MEMBERS, sent=REPORT),
    Act("thinktank:draft", "observation.saved", {"author"}, "draft", REPORT),
    Act("thinktank:draft", "observation.saved", set(), "orphan", REPORT),
    Act("thinktank:submit", "observation.submitted", {"author"}, "draft"),
    Act("thinktank:submit", "observation.submitted", set(), "orphan"),
    Act("thinktank:withdraw", "observation.withdrawn", {"author"}, "published", {"reason": "误"}),
    Act(
        "thinktank:interests",
        "interest.declared",
        MEMBERS,
        sent={"subject": "centre:town", "reason": "顾问"},
    ),
    Act(
        "thinktank:recommend",
        "recommendation.issued",
        {"author"},
        "published",
        {"title": "增窗", "text": "一个"},
    ),
    Act("thinktank:rate", "recommendation.rated", {"author"}, "answered", {"score": "5"}),
    Act(
        "thinktank:verify",
        "recommendation.verified",
        {"colleague", "admin"},
        "answered",
        FINDING,
    ),
    Act("thinktank-staff:publish", "observation.published", TOWN, "submitted"),
    Act("thinktank-staff:return", "observation.returned", TOWN, "submitted", {"reason": "补充"}),
    Act("thinktank-staff:take-down", "observation.withdrawn", TOWN, "published", {"reason": "误"}),
    Act("thinktank-staff:hand-over", "observation.handed_over", TOWN, "orphan", {"to": "?"}),
    Act("thinktank-staff:hand-over", "observation.handed_over", set(), "draft", {"to": "?"}),
    Act("thinktank-staff:answer", "recommendation.answered", OWNERS, "asked", ANSWER),
    Act("thinktank-staff:answer", "recommendation.answered", TOWN, "asked_town", ANSWER),
    Act("thinktank-staff:step-add", "action.added", OWNERS, "answered", STEP),
    Act("thinktank-staff:step-settle", "action.settled", OWNERS, "step", {"state": "done"}),
    Act("thinktank-staff:expert-add", "expert.added", TOWN, sent=PROFILE | {"login": "?"}),
    Act("thinktank-staff:expert-change", "expert.changed", TOWN, "planned", PROFILE),
    Act("thinktank-staff:expert", "engagement.drafted", TOWN, "planned", TERM),
    Act("thinktank-staff:issue", "engagement.issued", TOWN, "letter"),
    Act("thinktank-staff:discard", "engagement.discarded", TOWN, "letter"),
    Act(
        "thinktank-staff:engagement",
        "engagement.terminated",
        TOWN,
        "term",
        {"reason": "辞任"},
    ),
    Act("thinktank-staff:meeting-add", "meeting.added", TOWN, sent=MEETING),
    Act("thinktank-staff:meeting-change", "meeting.changed", TOWN, "meeting", MEETING),
    Act(
        "thinktank-staff:meeting",
        "decision.added",
        TOWN,
        "meeting",
        {"text": "试行", "due_on": DAY.isoformat()},
    ),
    Act(
        "thinktank-staff:decision-settle",
        "decision.settled",
        TOWN,
        "decision",
        {"state": "done"},
    ),
]

READS = [
    ("thinktank:desk", "", {"author", "ended", "colleague"}),
    ("thinktank:interests", "", {"author", "ended", "colleague"}),
    ("thinktank:write", "", MEMBERS),
    ("thinktank:meeting", "meeting", {"author", "admin", "auditor"}),
    ("thinktank:letter", "term", {"author", "admin", "auditor"}),
    ("thinktank:letter", "letter", {"admin", "auditor"}),
    ("thinktank:observation", "published", set(EVERYBODY)),
    ("thinktank:observation", "submitted", {"author", "admin", "auditor"}),
    ("thinktank:observation", "draft", {"author"}),
    ("thinktank:observation", "orphan", {"ended", "admin", "auditor"}),
    ("thinktank:recommendation", "answered", set(EVERYBODY)),
    (
        "thinktank:recommendation",
        "asked",
        {"author", "colleague", "manager", "admin", "auditor"},
    ),
    ("thinktank:recommendation", "asked_town", {"author", "colleague", "admin", "auditor"}),
    ("thinktank-staff:home", "", {"admin", "auditor"}),
    ("thinktank-staff:engagements", "", {"admin", "auditor"}),
    ("thinktank-staff:engagement", "term", TOWN),
    ("thinktank-staff:experts", "", TOWN),
    ("thinktank-staff:meetings", "", {"admin", "auditor"}),
    ("thinktank-staff:meeting", "meeting", {"admin", "auditor"}),
    ("thinktank-staff:observations", "", {"admin", "auditor"}),
    ("thinktank-staff:recommendations", "", {"manager", "admin", "auditor"}),
]


class Scene:
    """One of everything, and a session of everybody."""

    def __init__(self) -> None:
        centre = CentreFactory()
        admin, manager = town_wide(Role.TOWN_ADMIN), manager_of(centre)
        self.tank = ThinkTank(admin, centre, manager)
        UserFactory(phone="13900000099")
        people = {
            "author": self.tank.author.user,
            "ended": self.tank.ended.user,
            "colleague": self.tank.colleague.user,
            "resident": UserFactory(),
            "clerk": staff_at(centre.pk),
            "manager": manager,
            "admin": admin,
            "auditor": town_wide(Role.AUDITOR),
        }
        self.clients = {name: _session(user) for name, user in people.items()}

    def address(self, url: str, target: str) -> str:
        return reverse(url, args=[self.tank.keys[target]] if target else [])

    def sent(self, act: Act) -> dict[str, object]:
        known = {"to": self.tank.colleague.pk, "login": "13900000099"}
        return {
            field: known[field] if value == "?" else value
            for field, value in (act.sent or {}).items()
        }


def _session(user) -> Client:
    client = Client()
    sign_in_staff(client, user)
    return client


@pytest.fixture
def scene(stop_the_clock) -> Scene:
    found = Scene()
    stop_the_clock(NOW)
    return found


def _did(scene: Scene, act: Act, who: str) -> bool:
    """Whether the act was done; undone again."""
    point = transaction.savepoint()
    before = Event.objects.filter(action=act.event).count()
    answer = scene.clients[who].post(scene.address(act.url, act.target), scene.sent(act))
    done = Event.objects.filter(action=act.event).count() > before
    transaction.savepoint_rollback(point)
    assert answer.status_code < 500
    return done


def test_every_act_is_done_by_those_who_may_and_by_nobody_else(scene):
    done = {
        (act.url, act.target): {who for who in EVERYBODY if _did(scene, act, who)} for act in ACTS
    }

    assert done == {(act.url, act.target): act.allowed for act in ACTS}


def test_every_page_is_read_by_those_who_may_and_is_404_for_others(scene):
    codes = {
        (url, target): {
            who: scene.clients[who].get(scene.address(url, target)).status_code for who in EVERYBODY
        }
        for url, target, _readers in READS
    }

    assert codes == {
        (url, target): {who: 200 if who in readers else 404 for who in EVERYBODY}
        for url, target, readers in READS
    }


def test_nobody_else_even_sees_a_private_page(scene, client):
    pages = ["thinktank:desk", "thinktank:write", "thinktank-staff:home"]

    for url in pages:
        assert client.get(reverse(url)).status_code == 302, url
    for target in ("submitted", "draft"):
        assert client.get(scene.address("thinktank:observation", target)).status_code == 404
    assert client.get(scene.address("thinktank:recommendation", "asked")).status_code == 404


def test_what_was_taken_down_is_public_no_more(scene, client):
    Observation.objects.filter(pk=scene.tank.keys["published"]).update(state="withdrawn", note="误")

    for url, target in (("observation", "published"), ("recommendation", "answered")):
        assert client.get(scene.address(f"thinktank:{url}", target)).status_code == 404


def test_an_administrator_without_the_second_factor_is_asked_for_it(scene):
    admin = Client()
    admin.force_login(town_wide(Role.TOWN_ADMIN))

    answer = admin.post(scene.address("thinktank:verify", "answered"), FINDING)

    assert answer.status_code == 302
    assert "/recommendations/" not in answer.url.split("?")[0]


def test_former_members_never_verify(scene):
    former = _session(former_member().user)

    assert former.get(scene.address("thinktank:verify", "answered")).status_code == 404
