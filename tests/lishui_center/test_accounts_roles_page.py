"""The staff's page of roles."""

from datetime import date

import pytest

from lishui_center.accounts.rules import Role
from services.centres.models import Centre
from tests.factories.accounts import (
    RoleGrantFactory,
    UserFactory,
    sign_in_staff,
    staff_at,
    town_wide,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
PAGE = "/staff/roles/"


@pytest.fixture
def centre():
    return Centre.objects.create(code="town", tier="town", name_zh="镇中心", name_en="Town centre")


def test_the_page_gives_a_role(client, centre):
    person = UserFactory(phone="13812340001")
    sign_in_staff(client, staff_at(centre.pk, role=Role.CENTRE_MANAGER))

    answer = client.post(
        PAGE,
        {
            "login": "138 1234 0001",
            "role": "centre_staff",
            "place": f"centre:{centre.pk}",
            "valid_from": "2026-11-01",
        },
    )

    assert answer.url == PAGE
    assert person.works_at(centre.pk, TODAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"login": "13900000009"}, "login"),
        ({"login": "nobody@example.org"}, "login"),
        ({"place": ""}, "place"),
        ({"place": "town:"}, "place"),
        ({"place": "centre:999"}, "place"),
        ({"role": "centre_manager"}, "role"),
        ({"valid_to": "2020-01-01"}, "__all__"),
    ],
)
def test_the_page_says_what_is_wrong(client, centre, change, field):
    UserFactory(phone="13812340001")
    sign_in_staff(client, staff_at(centre.pk, role=Role.CENTRE_MANAGER))
    good = {
        "login": "13812340001",
        "role": "centre_staff",
        "place": f"centre:{centre.pk}",
        "valid_from": "2026-11-01",
    }

    answer = client.post(PAGE, good | change)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_page_lists_only_what_the_manager_decides_on(client):
    own, other = RoleGrantFactory(scope_id=1), RoleGrantFactory(scope_id=2)
    sign_in_staff(client, staff_at(1, role=Role.CENTRE_MANAGER))

    shown = list(client.get(PAGE).context["page"])

    assert own in shown
    assert other not in shown


def test_the_page_takes_a_role_back(client):
    grant = RoleGrantFactory(scope_id=1)
    sign_in_staff(client, staff_at(1, role=Role.CENTRE_MANAGER))

    client.post(f"{PAGE}{grant.pk}/revoke/")

    grant.refresh_from_db()
    assert grant.revoked_at


def test_another_centres_grant_is_not_there_to_take_back(client):
    grant = RoleGrantFactory(scope_id=2)
    sign_in_staff(client, staff_at(1, role=Role.CENTRE_MANAGER))

    assert client.post(f"{PAGE}{grant.pk}/revoke/").status_code == 404


def test_the_page_needs_no_query_more_for_more_rows(client, django_assert_num_queries):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    RoleGrantFactory()
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)
    RoleGrantFactory.create_batch(11)

    with django_assert_num_queries(6):
        client.get(PAGE)


def test_the_administrator_gives_every_role_at_every_place(client, centre):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    fields = client.get(PAGE).context["form"].fields

    assert set(Role.values) <= {value for value, _label in fields["role"].choices}
    assert fields["place"].valid_value("town:")
    assert fields["place"].valid_value(f"centre:{centre.pk}")


def test_the_administrator_hears_where_a_role_cannot_hold(client, centre):
    person = UserFactory()
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    answer = client.post(
        PAGE,
        {
            "login": person.phone,
            "role": "auditor",
            "place": f"centre:{centre.pk}",
            "valid_from": "2026-11-01",
        },
    )

    assert "place" in answer.context["form"].errors


def test_the_page_names_the_centres(client, centre):
    RoleGrantFactory(scope_id=centre.pk)
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    assert "镇中心" in client.get(PAGE, headers={"Accept-Language": "zh-hans"}).content.decode()
