"""The hall's pages by the client: who may, what they show, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from services.console.actions import call_next, miss
from services.console.forms import PauseForm
from services.halls.access import kiosk_token
from services.halls.models import HallSettings
from services.tickets.models import Ticket, TicketState
from services.windows.models import WindowSession
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.hall import arrive, called, clerk_at, make_hall, queue_of, walk_in
from tests.factories.services import NOW, CommunityFactory, PoolFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def pool():
    return make_hall().pool


@pytest.fixture
def village():
    return PoolFactory(centre=CommunityFactory(), code="A")


def page(client, name, *arguments, **query):
    return client.get(reverse(name, args=arguments), query).content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(address).status_code == 200
    return len(made)


@pytest.mark.parametrize("name", ["staff:console", "staff:hall"])
def test_residents_find_no_staff_page(client, name):
    client.force_login(UserFactory())

    assert client.get(reverse(name)).status_code == 404


def test_a_clerk_opens_no_window_of_another_centre(client, pool, village):
    sign_in_staff(client, staff_at(pool.centre_id))
    window = WindowFactory(pool=village)

    answer = client.post(reverse("staff:console-open"), {"window": window.pk})

    assert answer.status_code == 404
    assert not WindowSession.objects.exists()


@pytest.mark.parametrize("act", ["staff:hall-left", "staff:hall-back", "staff:hall-slip"])
def test_a_clerk_reaches_no_number_of_another_centre(client, pool, village, act):
    ticket = walk_in(pool)
    sign_in_staff(client, staff_at(village.centre_id))
    address = reverse(act, args=[ticket.pk])

    assert client.post(address).status_code in (404, 405)
    assert client.get(address).status_code in (404, 405)
    assert client.get(reverse("staff:hall"), {"centre": pool.centre.code}).status_code == 404


def test_a_page_that_shows_the_present_is_not_sent_again(client, pool):
    clerk = clerk_at(pool)
    sign_in_staff(client, clerk)
    state = client.get(reverse("staff:console")).context["console"].state
    address = f"{reverse('staff:console')}?seen={state}"
    assert client.get(address).status_code == 204

    walk_in(pool)

    assert client.get(address).status_code == 200


def test_a_second_tap_on_finish_finishes_nobody_else(client, pool):
    queue_of(pool, 3)
    clerk = clerk_at(pool)
    ticket = call_next(clerk=clerk, now=NOW)
    sign_in_staff(client, clerk)
    tapped = {"ticket": ticket.pk, "version": ticket.version}

    for _ in range(2):
        client.post(reverse("staff:console-act", args=["next"]), tapped)

    assert Ticket.objects.filter(state=TicketState.DONE).get() == ticket
    assert Ticket.objects.filter(state=TicketState.CALLED).count() == 1


def test_without_a_window_every_act_leads_to_opening_one(client, pool):
    sign_in_staff(client, staff_at(pool.centre_id))

    answer = client.post(reverse("staff:console-act", args=["call"]), follow=True)

    assert "请先打开您的窗口" in answer.content.decode()


@pytest.mark.parametrize("place", ["staff:console", "staff:hall", "boards:board"])
def test_a_queue_of_twelve_costs_what_one_costs(client, pool, place):
    clerk = clerk_at(pool)
    walk_in(pool)
    call_next(clerk=clerk, now=NOW)
    queue_of(pool, 1)
    sign_in_staff(client, clerk)
    address = reverse(place, args=[pool.centre.code] if place == "boards:board" else [])
    queries(client, address)  # The first request of a session writes it.
    few = queries(client, address)

    queue_of(pool, 11)

    assert queries(client, address) == few


def test_the_front_desk_brings_back_who_missed_the_call(client, pool):
    clerk, ticket = called(pool)
    miss(clerk=clerk, now=NOW)
    sign_in_staff(client, staff_at(pool.centre_id))
    assert ticket.text in page(client, "staff:hall")

    client.post(reverse("staff:hall-back", args=[ticket.pk]))

    assert Ticket.objects.waiting([pool.pk]).get() == ticket


def test_the_front_desk_takes_numbers_from_paper(client, pool):
    sign_in_staff(client, staff_at(pool.centre_id))
    typed = {"centre": pool.centre.code, "pool": pool.pk, "number": 901, "time": "09:30"}

    client.post(reverse("staff:hall-paper"), typed)
    again = client.post(reverse("staff:hall-paper"), typed)

    assert Ticket.objects.get().text == "A901"
    assert "A901" in again.content.decode()


def test_a_kiosk_needs_its_address_and_a_new_one_voids_the_old(client, pool):
    address = reverse("kiosk:kiosk", args=[kiosk_token(pool.centre)])
    assert client.get(address).status_code == 200
    assert client.get(reverse("kiosk:kiosk", args=["town.:forged"])).status_code == 404

    HallSettings.objects.create(centre=pool.centre, kiosk_nonce="new")

    assert client.get(address).status_code == 404


def test_mashing_a_kiosk_gives_one_number(client, pool):
    token = kiosk_token(pool.centre)
    key = client.get(f"{reverse('kiosk:kiosk', args=[token])}?pool=A").context["key"]

    for _ in range(3):
        client.post(reverse("kiosk:number", args=[token]), {"pool": "A", "key": key})

    assert Ticket.objects.count() == 1


def test_a_kiosk_says_when_no_booking_fits(client, pool):
    address = reverse("kiosk:kiosk", args=[kiosk_token(pool.centre)])

    answer = client.post(address, {"q": "ABC234"}, follow=True)

    assert "没有找到今天的预约" in answer.content.decode()


def test_takes_a_number_from_afar_and_follows_it(client, pool):
    HallSettings.objects.create(centre=pool.centre, remote_minutes=30)
    address = reverse("tickets:from-afar", args=[pool.centre.code])

    answer = client.post(address, {"pool": pool.pk, "minutes": 20, "phone": ""}, follow=True)

    assert "A001" in answer.content.decode()


def test_a_phone_that_is_not_proven_gets_no_messages(client, pool, settings):
    settings.PHONE_VERIFICATION = True
    HallSettings.objects.create(centre=pool.centre, remote_minutes=30)
    address = reverse("tickets:from-afar", args=[pool.centre.code])

    answer = client.post(address, {"pool": pool.pk, "minutes": 20, "phone": "13900000001"})

    assert answer.status_code == 422
    assert not Ticket.objects.exists()


def test_a_place_is_left_by_its_link_and_by_no_other(client, pool):
    ticket = walk_in(pool)
    assert client.post(reverse("tickets:leave", args=["x" * 24])).status_code == 404

    client.post(reverse("tickets:leave", args=[ticket.secret]))

    assert Ticket.objects.get().state == TicketState.LEFT


@pytest.mark.parametrize(("names", "shown"), [("none", False), ("masked", True)])
def test_the_board_shows_at_most_masked_names(client, names, shown):
    offering = make_hall()
    HallSettings.objects.create(centre=offering.centre, board_names=names)
    arrive(offering, cell=44, at=NOW)
    call_next(clerk=clerk_at(offering.pool), now=NOW)

    board = page(client, "boards:board", offering.centre.code)

    assert "RA001" in board
    assert ("陈*怡" in board) is shown
    assert "陈小怡" not in board


def test_a_board_of_some_pools_calls_only_theirs(client, pool):
    called(pool)

    assert "A001" not in page(client, "boards:board", pool.centre.code, pools="B")
    assert "A001" in page(client, "boards:board", pool.centre.code, pools="a")


def test_streams_are_not_for_gunicorn(client, pool):
    assert client.get(reverse("boards:events", args=[pool.centre.code])).status_code == 503


@pytest.mark.parametrize(("language", "words"), [("en", "15 min"), ("zh-hans", "15 分钟")])
def test_choices_with_numbers_are_in_the_readers_language(language, words):
    with override(language):
        labels = [label for _value, label in PauseForm().fields["minutes"].choices]

    assert words in labels
