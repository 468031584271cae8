"""The pages of needs, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from services.requests.rules import Act
from services.resolution.rollup import roll_up
from services.routing.actions import Target, add_route
from services.routing.models import OWN
from services.tracking.messages import track_path
from tests.browser.places import Place
from tests.browser.town import DAY, Town
from tests.factories.accounts import sign_in_staff
from tests.factories.needs import Desk, report
from tests.factories.photos import photo_of
from tests.factories.projects import project_in
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.needs.actions import link_need
from volunteers.projects.rules import State
from volunteers.teams.models import MemberRole


def need_places(town: Town) -> Iterator[Place]:
    """What residents see of needs: reporting one, looking, answering."""
    desk = Desk()
    asked = desk.need_in("waiting_resident", text="河涌发臭", photos=[photo_of()])
    done = desk.need_in("resolved_claimed", user=town.resident, phone="")
    held = report(town.centre, text="请打13800000009", phone="13800000007")
    nobody, resident = Client(), Client()
    resident.force_login(town.resident)
    link = track_path(done.followers.get())
    yield Place("needs:new", nobody, reverse("needs:new"))
    yield Place("needs:new, resident", resident, reverse("needs:new"))
    yield Place("needs:track", nobody, link)
    yield Place("needs:track, asked", nobody, track_path(asked.followers.get()))
    yield Place("needs:track, held", nobody, track_path(held))
    yield Place("needs:feedback", nobody, link.replace("?", "answer/?"))
    yield Place("needs:mine", resident, reverse("needs:mine"))
    yield Place("needs:mine, nobody", nobody, reverse("needs:mine"))


def need_staff_places(town: Town) -> Iterator[Place]:
    """What the desk sees: the board, one need in each hand, the rates."""
    desk = Desk()
    needs = [desk.need_in(state, phone="") for state in ("submitted", "in_progress", "declined")]
    done = desk.need_in("resolved_claimed", photos=[photo_of()])
    held = report(town.centre, text="请打13800000009", phone="13800000007").request
    roll_up(first=DAY, last=DAY, now=NOW)
    admin = Client()
    sign_in_staff(admin, town.admin)
    route = add_route(category="water", centre=None, target=Target(OWN), by=town.admin, now=NOW)
    yield Place("staff:need-route", admin, reverse("staff:need-route", args=[route.pk]))
    names = ("needs-board", "needs", "need-new", "need-rates", "need-deadlines")
    for name in (*names, "need-routes", "need-route-add"):
        yield Place(f"staff:{name}", admin, reverse(f"staff:{name}"))
    for need in (*needs, held):
        page = reverse("staff:need", args=[need.reference])
        yield Place(f"staff:need, {need.reference}", admin, page)
    yield Place("staff:need", admin, reverse("staff:need", args=[done.reference]))
    yield Place("staff:need-call", admin, reverse("staff:need-call", args=[done.reference]))
    yield from _loop_places(town, desk, admin)
    yield Place("staff:need-rate", admin, reverse("staff:need-rate", args=["resolution"]))


def _loop_places(town: Town, desk: Desk, admin: Client) -> Iterator[Place]:
    """A need that a team has, and one that a project takes up, with its whole chain."""
    team = TeamFactory(centre=desk.town)
    works = Client()
    works.force_login(member_of(team, role=MemberRole.LEADER))
    project = project_in(State.ACTIVE, team=team)
    passed = desk.need_in("triaged", phone="")
    desk.do(passed, Act.DISPATCH, target=("team", team.code))
    taken = desk.need_in("triaged", phone="", text="路灯不亮")
    desk.do(taken, Act.TO_PROJECT, by=town.admin, project=project.code)
    linked = desk.need_in("triaged", phone="", text="坡道太陡")
    link_need(need_id=linked.pk, code=project.code, by=town.admin, now=NOW)
    number = linked.reference
    yield Place("volunteers:needs", works, reverse("volunteers:needs"))
    yield Place("volunteers:need", works, reverse("volunteers:need", args=[passed.reference]))
    yield Place("dashboards:loop", admin, reverse("dashboards:loop"))
    yield Place("dashboards:joint", admin, reverse("dashboards:joint", args=["unread"]))
    yield Place("dashboards:chain", admin, reverse("dashboards:chain", args=[taken.reference]))
    for name, given in (("projects", [number]), ("unlink", [number, project.code])):
        address = reverse(f"volunteer-staff:need-{name}", args=given)
        yield Place(f"volunteer-staff:need-{name}", admin, address)
