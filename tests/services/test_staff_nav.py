"""The staff's navigation: seven places at the most, and all that is shown opens."""

import re

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.services import CommunityFactory

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a\s+href="([^"]+)"\s*(?:aria-current="(\w+)")?\s*>')
MOST = 7


def rows_of(client, url):
    """The places and the tabs within the present one: each an address and how it is current."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    nav = re.search(r'<nav class="staff-nav.*?</nav>', answer.content.decode(), re.DOTALL).group()
    rows = [LINK.findall(row) for row in nav.split("<ul")[1:]]
    assert sum(current == "page" for row in rows for _url, current in row) == 1, url
    return rows


@pytest.mark.parametrize(
    ("role", "places", "pages"),
    [
        (Role.CENTRE_STAFF, 5, 16),
        (Role.CENTRE_MANAGER, 7, 25),
        (Role.TOWN_ADMIN, 7, 25),
        (Role.AUDITOR, 5, 7),
    ],
)
def test_shows_few_places_and_each_opens(client, role, places, pages):
    is_of_centre = role in {Role.CENTRE_STAFF, Role.CENTRE_MANAGER}
    user = staff_at(CommunityFactory().pk, role=role) if is_of_centre else town_wide(role)
    sign_in_staff(client, user)
    first = rows_of(client, reverse("dashboards:staff"))[0]

    opened = set()
    for url, _current in first:
        row, *within = rows_of(client, url)
        assert [address for address, current in row if current] == [url]
        for tab, _tab_current in within[0] if within else []:
            assert (tab, "page") in rows_of(client, tab)[1]
            opened.add(tab)
        opened.add(url)

    assert len(first) == places <= MOST
    assert len(opened) == pages


def test_a_page_below_belongs_to_the_nearest_tab(client):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    _places, tabs = rows_of(client, reverse("volunteer-staff:team-add"))

    assert (reverse("volunteer-staff:teams"), "page") in tabs
