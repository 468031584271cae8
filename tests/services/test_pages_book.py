"""The first two steps of booking, without JavaScript."""

import re
from datetime import timedelta

import pytest

from services.catalogue.access import forget_visits
from services.hours.models import DayPlan
from services.slots.actions import hold_slot
from services.slots.models import Claim
from tests.factories.accounts import UserFactory
from tests.factories.pages import START, book_url, hold
from tests.factories.services import (
    NOW,
    CommunityFactory,
    DocumentFactory,
    OfferingFactory,
    PoolFactory,
    open_day,
    open_offering,
    visit_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday_morning(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return open_offering()


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_begins_with_the_services_of_the_town_centre(client, offering):
    page = text_of(client.get(book_url()))

    assert offering.item.name in page
    assert f"item={offering.item.code}" in page


def test_remembers_the_centre_that_was_chosen(client, offering):
    village = CommunityFactory()
    other = open_offering(pool__centre=village)

    client.get(book_url(other))

    assert client.cookies["centre"].value == village.code
    assert other.item.name in text_of(client.get(book_url()))


def test_shows_what_to_bring_for_the_chosen_services(client, offering):
    DocumentFactory(item=offering.item, name_zh="户口簿")

    assert "户口簿" in text_of(client.get(book_url(offering)))


def test_offers_to_add_what_the_same_window_handles(client, offering):
    same = OfferingFactory(pool=offering.pool)
    other = OfferingFactory()

    page = text_of(client.get(book_url(offering)))

    assert same.item.name in page
    assert other.item.name not in page


def test_refuses_services_of_different_windows_with_the_reason(client, offering):
    answer = client.get(book_url(offering, OfferingFactory(), day=""))

    assert answer.status_code == 400
    assert "different windows" in text_of(answer) or "不同窗口" in text_of(answer)


def test_refuses_an_unknown_centre(client, offering):
    answer = client.get(f"/book/?centre=nowhere&item={offering.item.code}")

    assert answer.status_code == 404
    assert 'role="alert"' in text_of(answer)


def test_offers_the_centres_that_handle_an_item_this_one_does_not(client, offering):
    village = open_offering(pool__centre=CommunityFactory())

    answer = client.get(f"/book/?centre=town&item={village.item.code}")

    assert answer.status_code == 400
    assert f'value="{village.centre.code}"' in text_of(answer)


def test_the_centre_can_be_changed_before_a_service_is_chosen(client, offering):
    village = open_offering(pool__centre=CommunityFactory())

    page = text_of(client.get(book_url()))

    assert f'<option value="{offering.centre.code}"' in page
    assert f'<option value="{village.centre.code}"' in page


@pytest.mark.parametrize("word", ["签注", "permit", "PERMIT"])
def test_searches_in_both_languages(client, offering, word):
    assert offering.item.name in text_of(client.get(book_url(q=word)))


def test_searches_by_the_code(client, offering):
    assert offering.item.name in text_of(client.get(book_url(q=offering.item.code.lower())))


def test_a_search_without_a_hit_says_so(client, offering):
    page = text_of(client.get(book_url(q="zzz")))

    assert offering.item.name not in page
    assert 'class="empty"' in page


def test_answers_htmx_with_the_list_only(client, offering):
    answer = client.get(book_url(q="permit"), headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<div id="items"')


def test_shows_the_first_day_with_a_free_time(client, offering):
    open_day(offering.pool, NOW.date(), first=36, end=36)

    page = text_of(client.get(book_url(offering, day="")))

    assert re.search(r'id="day-2026-11-26"[^>]*aria-current="date"', page)


def test_says_why_a_day_is_closed(client, offering):
    DayPlan.objects.filter(date="2026-11-27").update(spans=[], closed_reason_zh="台风预警")

    assert "台风预警" in text_of(client.get(book_url(offering, day="")))


def test_shows_the_evening_first_from_five_o_clock(client, offering, stop_the_clock):
    url = book_url(offering, day="2026-11-26")
    morning_first = client.get(url).content.decode()
    stop_the_clock(NOW.replace(hour=17))
    evening_first = client.get(url).content.decode()

    assert morning_first.index(">18:00<") > morning_first.index(">09:00<")
    assert evening_first.index(">18:00<") < evening_first.index(">09:00<")


def test_folds_a_band_without_a_free_time(client):
    offering = open_offering(pool__lanes_online=1)
    open_day(offering.pool, START.date(), first=56, end=57)
    hold_slot(visit=visit_of(offering), start=START, now=NOW)

    page = text_of(client.get(book_url(offering, day="2026-11-26")))

    assert '<details class="band-full">' in page
    assert "/waitlist/?centre=town" in page


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-13-45", "0001-01-01", "9999-12-31", "2020-01-01"]
)
def test_a_day_nobody_can_choose_shows_the_first_free_one(client, offering, day):
    answer = client.get(book_url(offering, day=day))

    assert answer.status_code == 200
    assert 'aria-current="date"' in text_of(answer)


def test_tapping_a_time_keeps_it_and_asks_who_comes(client, offering):
    answer = hold(client, offering)

    assert answer.status_code == 200
    assert 'id="details"' in text_of(answer)
    assert Claim.objects.get().expires_at == NOW + timedelta(minutes=10)


def test_another_time_replaces_the_one_kept(client, offering):
    hold(client, offering)

    hold(client, offering, START + timedelta(hours=1))

    assert Claim.objects.get().cell == 60


def test_going_back_shows_the_time_kept(client, offering):
    hold(client, offering)

    page = text_of(client.get(book_url(offering, day="2026-11-26")))

    assert 'class="slot slot-on"' in page
    assert 'data-countdown="600"' in page


def test_a_taken_time_answers_with_the_nearest_free_ones(client):
    offering = open_offering(pool__lanes_online=1)
    hold_slot(visit=visit_of(offering), start=START, now=NOW)

    answer = hold(client, offering)

    assert answer.status_code == 409
    for clock in ("13:30", "13:45", "14:15"):
        assert re.search(rf"<b>[^<]*{clock}</b>", text_of(answer))


@pytest.mark.parametrize(
    ("start", "status"),
    [
        ("nonsense", 400),
        ("2026-11-26T14:07:00+08:00", 400),
        ("2026-11-25T09:00:00+08:00", 409),
        ("2026-11-25T11:00:00+08:00", 409),
        ("2026-11-26T03:00:00+08:00", 409),
        ("2027-11-26T14:00:00+08:00", 409),
        ("9999-12-31T23:45:00-23:00", 400),
        ("0001-01-01T00:00:00+23:00", 400),
    ],
    ids=[
        "unread",
        "off grid",
        "past",
        "too soon",
        "closed",
        "too far",
        "after time",
        "before time",
    ],
)
def test_a_time_that_cannot_be_is_refused_in_the_page(client, offering, start, status):
    answer = client.post(book_url(offering, day="2026-11-26"), {"start": start})

    assert answer.status_code == status
    assert 'role="alert"' in text_of(answer)
    assert not Claim.objects.exists()


def test_slots_are_not_hoarded_from_one_address(client, offering, settings):
    settings.ACCOUNT_RATE_LIMITS = {"hold_slot": "1/h"}
    hold(client, offering)

    answer = hold(client, offering, START + timedelta(hours=1))

    assert answer.status_code == 429
    assert Claim.objects.get().cell == 56


def test_an_account_hoards_no_slots_either(client, offering, settings):
    settings.ACCOUNT_RATE_LIMITS = {"hold_slot_signed_in": "1/h/user"}
    client.force_login(UserFactory())
    hold(client, offering)

    answer = hold(client, offering, START + timedelta(hours=1))

    assert answer.status_code == 429
    assert Claim.objects.get().cell == 56


def test_no_address_breaks_a_page(client, offering):
    for query in ("item=%00", "centre=%00", "q=%00", "item=" + "x" * 500, "start=%00&day=%00"):
        assert client.get(f"/book/?{query}").status_code in {200, 400, 404}


def test_a_centre_without_opening_days_says_so(client):
    answer = client.get(book_url(OfferingFactory(), day=""))

    assert answer.status_code == 200
    assert 'class="empty"' in text_of(answer)


def test_a_time_kept_for_one_visit_is_not_shown_for_another(client, offering):
    hold(client, offering)
    other = OfferingFactory(pool=offering.pool)

    page = text_of(client.get(book_url(offering, other, day="2026-11-26")))

    assert 'class="slot slot-on"' not in page


@pytest.mark.parametrize("day", [None, "2026-11-26"], ids=["service", "time"])
def test_asks_the_database_the_same_for_one_and_for_twelve(
    client, offering, day, django_assert_max_num_queries
):
    url = book_url(offering, **({"day": day} if day else {}))
    client.get(url)
    forget_visits()
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for _ in range(11):
        DocumentFactory(item=OfferingFactory(pool=offering.pool).item)
        PoolFactory(centre=offering.centre)
        hold_slot(visit=visit_of(open_offering()), start=START, now=NOW)
    forget_visits()

    with django_assert_max_num_queries(len(few)):
        client.get(url)
