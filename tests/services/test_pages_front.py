"""Home, centres and the service guide."""

from datetime import timedelta

import pytest

from lishui_center.common.clock import moment
from services.centres.models import Tier
from services.hours.models import DayPlan
from tests.factories.accounts import UserFactory
from tests.factories.services import (
    NOW,
    CentreFactory,
    CommunityFactory,
    DocumentFactory,
    ItemFactory,
    OfferingFactory,
    open_offering,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _wednesday_morning(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return open_offering()


def show(client, url):
    client.cookies["django_language"] = "en"
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def at(cell):
    return moment(TODAY, cell)


class TestHome:
    """The front page."""

    def test_says_until_when_the_centre_is_open(self, client, offering):
        assert "Open until 21:00" in show(client, "/")

    def test_says_when_it_opens_again(self, client, offering, stop_the_clock):
        stop_the_clock(at(88))

        assert "Opens Thu 09:00" in show(client, "/")

    def test_says_when_it_opens_today(self, client, offering, stop_the_clock):
        stop_the_clock(at(30))

        assert "Opens at 09:00" in show(client, "/")

    def test_says_until_when_the_break_lasts(self, client, offering, stop_the_clock):
        plans = DayPlan.objects.filter(date=TODAY)
        plans.update(spans=[[34, 48, 2, 3], [56, 70, 2, 3]])
        stop_the_clock(at(50))

        assert "Break until 14:00" in show(client, "/")

    def test_remembers_the_centre(self, client, offering):
        village = open_offering(pool__centre=CommunityFactory(name_en="Riverside")).centre

        client.get(f"/?centre={village.code}")

        assert "Riverside" in show(client, "/")

    def test_finds_services_by_keyword(self, client, offering):
        ItemFactory(name_en="School points", keywords="积分 入学")
        ItemFactory(name_en="Wedding")

        page = show(client, "/?q=入学")

        assert "School points" in page
        assert "Wedding" not in page

    def test_htmx_gets_the_hits_only(self, client, offering):
        answer = client.get("/?q=permit", headers={"HX-Request": "true"})

        assert answer.content.decode().strip().startswith('<div id="found"')

    def test_leads_to_the_messages_of_who_is_signed_in(self, client, offering):
        assert "/inbox/" not in show(client, "/")
        client.force_login(UserFactory())
        assert "/inbox/" in show(client, "/")

    def test_every_entry_leads_somewhere(self, client, offering):
        client.force_login(UserFactory())
        for url in ("/book/", "/my/bookings/", "/guide/", "/centres/", "/inbox/", "/help/"):
            assert f'href="{url}"' in show(client, "/")
            assert client.get(url).status_code == 200

    def test_is_not_there_before_the_first_centre_is(self, client):
        assert client.get("/").status_code == 404


class TestCentres:
    """The list and one centre."""

    def test_shows_two_weeks_with_closings_and_services(self, client, offering):
        DayPlan.objects.filter(date=TODAY + timedelta(days=1)).update(
            spans=[], closed_reason_en="Typhoon"
        )

        page = show(client, "/centres/town/")

        assert "Typhoon" in page
        assert "09:00-21:00" in page
        assert offering.item.name_en in page
        assert "0757-00000000" in page

    def test_says_why_it_is_closed_today(self, client, offering):
        DayPlan.objects.filter(date=TODAY).update(spans=[], closed_reason_en="Typhoon")

        assert "Closed today: Typhoon" in " ".join(show(client, "/centres/town/").split())

    def test_a_station_has_its_parents_hours(self, client, offering):
        CentreFactory(
            code="market", tier=Tier.STATION, parent=offering.centre, name_en="Market station"
        )

        page = show(client, "/centres/market/")

        assert "Open until 21:00" in page
        assert "/book/?centre=town" in page
        assert "/centres/market/" in show(client, "/centres/town/")

    def test_a_centre_without_windows_says_so(self, client):
        CentreFactory()

        assert "no windows here" in show(client, "/centres/town/")

    def test_an_unknown_or_closed_down_centre_is_not_there(self, client, offering):
        CommunityFactory(code="gone", is_active=False)

        assert client.get("/centres/gone/").status_code == 404
        assert client.get("/centres/nowhere/").status_code == 404

    def test_the_list_tells_the_state_of_each(self, client, offering):
        page = show(client, "/centres/")

        assert "Open until 21:00" in page
        assert "Lishui Town Centre" in page

    def test_searches_by_name_and_address(self, client, offering):
        CommunityFactory(name_en="Riverside", address_zh="河边路8号")

        page = show(client, "/centres/?q=河边")

        assert "Riverside" in page
        assert "Lishui Town Centre" not in page

    def test_asks_the_database_the_same_for_one_and_for_twelve(
        self, client, offering, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(12) as few:
            client.get("/centres/")
        for _ in range(11):
            village = open_offering(pool__centre=CommunityFactory()).centre
            CentreFactory(code=f"{village.code}-s", tier=Tier.STATION, parent=village)

        with django_assert_max_num_queries(len(few)):
            client.get("/centres/")


class TestGuide:
    """What can be done, and what it takes."""

    def test_lists_everything_by_category(self, client, offering):
        ItemFactory(name_en="Old-age card", category="civil_affairs")

        page = show(client, "/guide/")

        assert page.index("Civil affairs") < page.index("New residents")

    def test_tells_what_to_bring_and_where(self, client, offering):
        DocumentFactory(item=offering.item, name_en="Household register")

        page = show(client, f"/guide/{offering.item.code.lower()}/")

        assert "Household register" in page
        assert "/centres/town/" in page
        assert f"/book/?centre=town&amp;item={offering.item.code}" in page

    def test_a_service_without_booking_offers_none(self, client, offering):
        walk_in = OfferingFactory(pool=offering.pool, item__online=False).item

        page = show(client, f"/guide/{walk_in.code}/")

        assert "No booking is needed" in page
        assert "/book/?" not in page

    def test_an_unknown_service_is_not_there(self, client, offering):
        assert client.get("/guide/nothing/").status_code == 404

    @pytest.mark.parametrize("page", ["/guide/", "/", "/centres/town/"])
    def test_asks_the_database_the_same_for_one_and_for_twelve(
        self, client, offering, page, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(12) as few:
            client.get(page, {"q": ""})
        for _ in range(11):
            OfferingFactory(pool=offering.pool)

        with django_assert_max_num_queries(len(few)):
            client.get(page, {"q": ""})
