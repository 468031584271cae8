"""Who may do what with a team: one table, driven through the pages.

"-" in TABLE is a page that is not there for the person: 404, or the way to the sign-in.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.services import NOW, CentreFactory, CommunityFactory
from tests.factories.teams import asks, proposed
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.teams.models import MemberRole, Membership, Team

pytestmark = pytest.mark.django_db

PEOPLE = [
    "leader", "deputy", "member", "stranger", "ended",
    "clerk", "elsewhere", "manager", "admin", "auditor",
]  # fmt: skip

# action: a sign for each of PEOPLE in that order; "x" may, "-" may not.
TABLE = {
    "see the team":            "x x x x x x x x x x",
    "ask to join":             "- - - x x x x x x x",
    "leave":                   "- x x - - - - - - -",
    "see the people":          "x x - - - x - x x -",
    "answer a request":        "x x - - - x - x x -",
    "take back another's":     "- - - - - - - - - -",
    "propose a deputy":        "x - - - - x - x x -",
    "propose a leader":        "x - - - - x - x x -",
    "decide on a deputy":      "- - - - - x - x x -",
    "decide on a leader":      "- - - - - - - x x -",
    "end a deputy's term":     "x x - - - - - - - -",
    "end a membership":        "- - - - - x - x x -",
    "change the team":         "- - - - - x - x x -",
    "let it rest":             "- - - - - x - x x -",
    "disband it":              "- - - - - - - x x -",
    "enter members":           "- - - - - x x x x -",
}  # fmt: skip


class Scene:
    """A team of the town centre with somebody in each part."""

    def __init__(self) -> None:
        self.team = TeamFactory(code="creek", centre=CentreFactory())
        village = CommunityFactory()
        self.people = {
            "leader": member_of(self.team, role=MemberRole.LEADER),
            "deputy": member_of(self.team, role=MemberRole.DEPUTY),
            "member": member_of(self.team),
            "stranger": UserFactory(),
            "ended": member_of(self.team, ends_on=NOW.date().replace(day=1)),
            "clerk": staff_at(self.team.centre_id),
            "elsewhere": staff_at(village.pk, role=Role.CENTRE_MANAGER),
            "manager": staff_at(self.team.centre_id, role=Role.CENTRE_MANAGER),
            "admin": town_wide(Role.TOWN_ADMIN),
            "auditor": town_wide(Role.AUDITOR),
        }
        self.other = member_of(self.team)
        self.asked = asks(self.team)
        by = self.people["leader"]
        self.deputy = proposed(self.team, by=by)
        self.leader = proposed(self.team, by=by, role=MemberRole.LEADER)

    def page(self, name: str, *args: object) -> str:
        return reverse(name, args=["creek", *args])

    def candidate(self, role: str) -> dict[str, object]:
        member = Membership.objects.get(user=self.other)
        return {"candidate": member.pk, "role": role, "words": "-"}


def tries(scene, action):
    """(address, form) of each way to do it; without a form, a page that is looked at."""
    page, pk = scene.page, scene.asked.pk
    state = page("volunteer-staff:team-state")
    term = Membership.objects.get(user=scene.people["deputy"]).pk
    others = Membership.objects.filter(user=scene.other)
    answers = [("volunteers:join-request", pk), ("volunteer-staff:join-request", pk)]
    proposals = [("volunteers:propose-role",), ("volunteer-staff:propose",)]
    peoples = [("volunteers:team-people",), ("volunteer-staff:team",)]
    ways = {
        "see the team": [(page("volunteers:team"), None)],
        "ask to join": [(page("volunteers:join-team"), {"words": "-"})],
        "leave": [(page("volunteers:leave-team"), {"sure": 1})],
        "see the people": [(page(*way), None) for way in peoples],
        "answer a request": [(page(*way), {"act": "accept"}) for way in answers],
        "take back another's": [(page("volunteers:withdraw-request"), {"sure": 1})],
        "propose a deputy": [(page(*way), scene.candidate("deputy")) for way in proposals],
        "propose a leader": [(page(*way), scene.candidate("leader")) for way in proposals],
        "decide on a deputy": [
            (page("volunteer-staff:proposal", scene.deputy.pk), {"act": "accept"})
        ],
        "decide on a leader": [
            (page("volunteer-staff:proposal", scene.leader.pk), {"act": "accept"})
        ],
        "end a deputy's term": [(page("volunteers:end-deputy", term), {"sure": 1})],
        "end a membership": [
            (page("volunteer-staff:member-end", member.pk), {"reason": "-"}) for member in others
        ],
        "change the team": [(page("volunteer-staff:team-edit"), changed(scene.team))],
        "let it rest": [(state, {"state": "dormant", "reason": "-"})],
        "disband it": [(state, {"state": "disbanded", "reason": "-"})],
        "enter members": [(reverse("volunteer-staff:import"), None)],
    }
    return ways[action]


def changed(team):
    fields = ("name_zh", "name_en", "kind", "centre_id")
    form = {name: getattr(team, name) for name in fields}
    return {**form, "centre": form["centre_id"], "about_zh": "新"}


def done(client, ways):
    """Whether one of the ways led somewhere: a page to look at, or a form that was taken."""
    for address, form in ways:
        answer = client.get(address) if form is None else client.post(address, form)
        if form is None and answer.status_code == 200:
            return True
        if form is not None and answer.status_code == 302 and "login" not in answer.url:
            return True
    return False


def footprint():
    """Everything an action could have changed."""
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Team, Membership, JoinRequest, RoleProposal)
    ]


@pytest.fixture
def scene(stop_the_clock):
    stop_the_clock(NOW)
    return Scene()


@pytest.mark.parametrize("action", TABLE)
def test_lets_those_do_it_who_may_and_nobody_else(scene, action):
    allowed = []
    if action == "propose a leader":
        RoleProposal.objects.all().delete()
    ways = tries(scene, action)
    before = footprint()
    for name in PEOPLE:
        client = Client()
        sign_in_staff(client, scene.people[name])
        point = transaction.savepoint()
        if done(client, ways):
            allowed.append(name)
        else:
            assert footprint() == before, f"{name} changed something"
        transaction.savepoint_rollback(point)

    signs = TABLE[action].split()
    assert allowed == [name for name, sign in zip(PEOPLE, signs, strict=True) if sign == "x"]
