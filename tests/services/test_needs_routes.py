"""Who usually gets a need: which rule wins, who keeps it, and that a person confirms."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.clock import today
from services.requests.errors import TargetUnknownError
from services.requests.models import Category
from services.requests.rules import Act, State
from services.routing.access import usual_of
from services.routing.actions import Target, add_route, change_route, remove_route
from services.routing.errors import BodyMissingError, RouteExistsError
from services.routing.models import OUTSIDE, OWN, Route
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.needs import Desk, report
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(stop_the_clock):
    stop_the_clock(NOW)
    return Desk()


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


def rule(target, *, by, centre=None, category=Category.PARKING):
    return add_route(category=category, centre=centre, target=target, by=by, now=NOW)


def test_the_centres_own_rule_goes_before_the_towns(desk, admin):
    team = TeamFactory(centre=desk.village)
    rule(Target(OUTSIDE, body="12345"), by=admin)
    here, there = report(desk.village, phone="").request, report(desk.town, phone="").request
    rule(Target("team", team.code), by=admin, centre=desk.village)

    with translation.override("en"):
        near, far = usual_of(here), usual_of(there)
    assert (near.kind, near.code) == ("team", team.code)
    assert near.reason == "Usual for “Parking and traffic” at this centre."
    assert (far.kind, far.body) == (OUTSIDE, "12345")
    assert far.reason == "Usual for “Parking and traffic” in the whole town."
    assert usual_of(report(desk.town, category=Category.WATER, phone="").request) is None


def test_the_own_centre_is_the_one_that_receives_even_for_a_station(desk, admin):
    rule(Target(OWN), by=admin)
    station = CommunityFactory(tier="station", parent=desk.village)

    usual = usual_of(report(station, phone="").request)

    assert (usual.kind, usual.code, usual.is_broken) == ("centre", desk.village.code, False)


@pytest.mark.parametrize("state", ["dormant", "disbanded"])
def test_a_team_that_takes_none_any_more_is_not_proposed_nor_passed_over(
    client, desk, admin, state
):
    team = TeamFactory(centre=desk.village)
    rule(Target(OUTSIDE, body="12345"), by=admin)
    rule(Target("team", team.code), by=admin, centre=desk.village)
    team.state, team.state_on, team.state_reason = state, today(NOW), "合并"
    team.save()
    need = report(desk.village, phone="").request
    sign_in_staff(client, desk.village_clerk)

    page = client.get(reverse("staff:need", args=[need.reference]))

    assert usual_of(need).is_broken
    assert not any(one["is_proposed"] for one in page.context["acts"])
    assert team.name in page.content.decode()


def test_proposes_the_usual_target_and_sends_nothing_by_itself(client, desk, admin):
    rule(Target("centre", desk.village.code), by=admin)
    need = report(desk.town).request
    sign_in_staff(client, desk.clerk)

    page = client.get(reverse("staff:need", args=[need.reference]))

    first = page.context["acts"][0]
    assert (first["act"], first["is_proposed"]) == (Act.DISPATCH, True)
    assert first["form"]["target"].value() == f"centre:{desk.village.code}"
    assert f'value="centre:{desk.village.code}" selected' in page.content.decode()
    need.refresh_from_db()
    assert need.state == State.SUBMITTED
    sent = {name: first["form"][name].value() for name in ("version", "target")}
    client.post(
        reverse("staff:need-act", args=[need.reference, "dispatch"]),
        {f"dispatch-{name}": value for name, value in sent.items()},
    )
    need.refresh_from_db()
    assert (need.state, need.handler) == (State.DISPATCHED, desk.village)


def test_proposes_another_authority_in_the_form_for_it(client, desk, admin):
    rule(Target(OUTSIDE, body="12345"), by=admin)
    need = report(desk.town).request
    sign_in_staff(client, desk.clerk)

    first = client.get(reverse("staff:need", args=[need.reference])).context["acts"][0]

    assert (first["act"], first["form"]["body"].value()) == (Act.TRANSFER, "12345")


def test_one_rule_for_a_category_and_centre_in_the_database_too(desk, admin):
    for centre in (None, desk.village):
        rule(Target(OWN), by=admin, centre=centre)
        with pytest.raises(RouteExistsError):
            rule(Target(OUTSIDE, body="12345"), by=admin, centre=centre)
    for wrong in (
        {"target_kind": OWN, "body": "12345"},
        {"target_kind": OUTSIDE},
        {"target_kind": "team"},
        {"target_kind": "team", "target_code": "a", "body": "b"},
        {"target_kind": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Route.objects.create(category=Category.WATER, set_at=NOW, **wrong)


def test_refuses_targets_that_do_not_exist(desk, admin):
    with pytest.raises(BodyMissingError):
        rule(Target(OUTSIDE, body=" "), by=admin)
    with pytest.raises(TargetUnknownError):
        rule(Target("team", "nobody"), by=admin)
    route = rule(Target(OWN), by=admin)
    with pytest.raises(TargetUnknownError):
        change_route(route_id=route.pk, target=Target("centre", "nowhere"), by=admin, now=NOW)


def test_leaves_a_trail(desk, admin):
    route = rule(Target(OWN), by=admin, centre=desk.village)
    change_route(route_id=route.pk, target=Target("centre", desk.town.code), by=admin, now=NOW)
    remove_route(route_id=route.pk, by=admin)
    remove_route(route_id=route.pk, by=admin)

    trail = Event.objects.filter(action__startswith="need.route_").order_by("pk")
    assert [event.action.removeprefix("need.route_") for event in trail] == [
        "added",
        "changed",
        "removed",
    ]
    assert {event.centre_id for event in trail} == {desk.village.pk}
    assert trail[1].facts["before"] == OWN


def test_a_manager_keeps_the_own_centres_rules_alone(client, desk, admin):
    of_town = rule(Target(OWN), by=admin)
    elsewhere = rule(Target(OWN), by=admin, centre=desk.town)
    manager = staff_at(desk.village.pk, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, manager)
    typed = {"category": "parking", "target": "outside", "body": "12345"}

    assert client.post(reverse("staff:need-route-add"), typed).status_code == 422
    for centre, status in ((desk.town, 422), (desk.village, 302)):
        sent = typed | {"centre": centre.code}
        assert client.post(reverse("staff:need-route-add"), sent).status_code == status
    own = Route.objects.get(centre=desk.village)
    listed = client.get(reverse("staff:need-routes"))
    assert [line.route for line in listed.context["lines"]] == [of_town, own]
    assert listed.context["kept"] == {own.pk}
    for route, status in ((own, 200), (of_town, 404), (elsewhere, 404)):
        page = reverse("staff:need-route", args=[route.pk])
        assert client.get(page).status_code == status
        assert client.post(page, {"remove": "1"}).status_code == (302 if status == 200 else 404)
    assert not Route.objects.filter(pk=own.pk).exists()


def test_the_town_changes_a_rule_on_its_page(client, desk, admin):
    team = TeamFactory(centre=desk.village)
    sign_in_staff(client, admin)
    client.post(reverse("staff:need-route-add"), {"category": "water", "target": OWN})
    route = Route.objects.get()
    again = client.post(reverse("staff:need-route-add"), {"category": "water", "target": OWN})

    page = reverse("staff:need-route", args=[route.pk])
    client.post(page, {"target": f"team:{team.code}"})

    route.refresh_from_db()
    assert again.status_code == 422
    assert (route.target_kind, route.target_code) == ("team", team.code)
    assert client.get(page).context["form"]["target"].value() == f"team:{team.code}"


@pytest.mark.parametrize("role", [Role.CENTRE_STAFF, Role.AUDITOR])
def test_others_find_no_rules(client, desk, role):
    user = desk.clerk if role == Role.CENTRE_STAFF else town_wide(role)
    sign_in_staff(client, user)

    assert client.get(reverse("staff:need-routes")).status_code == 404


def test_the_list_asks_as_much_for_twelve_as_for_one(
    client, desk, admin, django_assert_max_num_queries
):
    teams = [TeamFactory(centre=desk.village) for _ in range(11)]
    sign_in_staff(client, admin)
    rule(Target("team", teams[0].code), by=admin)
    client.get(reverse("staff:need-routes"))
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("staff:need-routes"))
    asked = len(one)
    for team, category in zip(teams, Category, strict=False):
        rule(Target("team", team.code), by=admin, centre=desk.village, category=category)
    teams[1].state = "dormant"
    teams[1].save()

    with django_assert_max_num_queries(asked):
        page = client.get(reverse("staff:need-routes"))

    assert sum(line.is_broken for line in page.context["lines"]) == 1
