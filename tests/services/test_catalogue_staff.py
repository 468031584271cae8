"""Changing the catalogue and what a centre handles; windows and booking rules."""

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from services.catalogue.models import Offering, ServiceItem
from services.centres.models import BookingPolicy, Window
from services.centres.rules import most_online
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.services import ItemFactory, OfferingFactory, PoolFactory, WindowFactory

pytestmark = pytest.mark.django_db

ITEM = {
    "code": "N001",
    "name_zh": "居住证签注",
    "name_en": "Residence permit",
    "short_name_zh": "居住证签注",
    "short_name_en": "Residence permit",
    "category": "new_residents",
    "audience": "everyone",
    "minutes": 20,
    "online": "on",
    "is_active": "on",
    "documents_zh": "身份证\n居住证\n",
    "documents_en": "ID card\nResidence permit",
}


@pytest.fixture
def manager(client):
    pool = PoolFactory(lanes_total=5, lanes_online=3)
    user = staff_at(pool.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, user)
    return pool


@pytest.mark.parametrize(("total", "percent", "most"), [(5, 40, 3), (1, 40, 0), (6, 0, 6)])
def test_keeps_the_share_of_walk_ins(total, percent, most):
    assert most_online(total, percent) == most


def test_adds_a_service_with_its_documents(client):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    client.post(reverse("staff:item-add"), ITEM)

    item = ServiceItem.objects.get()
    assert [document.name_zh for document in item.documents.all()] == ["身份证", "居住证"]
    assert Event.objects.filter(action="serviceitem.added").exists()


@pytest.mark.parametrize(
    "wrong",
    [{"short_name_zh": "居住证签注办理"}, {"minutes": 0}, {"documents_en": "ID card"}],
    ids=["short name too long", "no time", "one document untranslated"],
)
def test_refuses_a_wrong_service(client, wrong):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    answer = client.post(reverse("staff:item-add"), ITEM | wrong)

    assert answer.status_code == 422
    assert not ServiceItem.objects.exists()


def test_changes_a_service(client):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    item = ItemFactory(code="N001")

    client.post(reverse("staff:item", args=["N001"]), ITEM)

    item.refresh_from_db()
    assert item.minutes == 20
    changed = Event.objects.get(action="serviceitem.changed").facts["changed"]
    assert changed["minutes"] == ["15", "20"]


def test_finds_services_by_word(client, manager):
    ItemFactory(code="N001", name_zh="生育登记")
    ItemFactory(code="N002", name_zh="社保卡")

    page = client.get(reverse("staff:items"), {"q": "生育"}).content.decode()

    assert "N001" in page
    assert "N002" not in page


def test_sets_what_a_centre_handles(client, manager):
    kept = OfferingFactory(pool=manager)
    dropped = OfferingFactory(pool=manager)
    added = ItemFactory()
    url = reverse("staff:offerings", args=[manager.centre.code])

    client.post(url, {f"item_{kept.item_id}": manager.pk, f"item_{added.pk}": manager.pk})

    handled = set(Offering.objects.values_list("item_id", flat=True))
    assert handled == {kept.item_id, added.pk}
    facts = Event.objects.get(action="centre.offerings").facts
    assert facts == {"dropped": [dropped.item_id], "changed": {str(added.pk): manager.pk}}


def test_adds_and_removes_a_window(client, manager):
    code = manager.centre.code

    client.post(reverse("staff:window-add", args=[code]), {"number": 7, "pool": manager.pk})
    window = Window.objects.get()
    client.post(reverse("staff:window-remove", args=[code, window.pk]))

    assert not Window.objects.exists()
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "window.added",
        "window.removed",
    ]


def test_refuses_a_number_that_is_taken(client, manager):
    WindowFactory(pool=manager, number=7)
    url = reverse("staff:window-add", args=[manager.centre.code])

    assert client.post(url, {"number": 7, "pool": manager.pk}).status_code == 422


def policy_fields(centre, **changes):
    policy = BookingPolicy.objects.get(centre=centre)
    fields = {
        field.name: getattr(policy, field.name)
        for field in policy._meta.concrete_fields
        if field.name not in {"centre", "releases_unconfirmed"}
    }
    return fields | changes


def test_changes_the_booking_rules(client, manager):
    url = reverse("staff:policy", args=[manager.centre.code])

    client.post(url, policy_fields(manager.centre, release_days_ahead=14))

    assert BookingPolicy.objects.get().release_days_ahead == 14
    facts = Event.objects.get(action="bookingpolicy.changed").facts
    assert facts == {"changed": {"release_days_ahead": ["7", "14"]}}


def test_refuses_a_share_that_the_windows_do_not_keep(client, manager):
    url = reverse("staff:policy", args=[manager.centre.code])

    answer = client.post(url, policy_fields(manager.centre, walk_in_percent=80))

    assert answer.status_code == 422
    assert BookingPolicy.objects.get().walk_in_percent == 40


@pytest.mark.parametrize("limit", ["cancel_limit", "no_show_limit", "suspension_days"])
def test_no_limit_of_a_centre_is_nothing(client, manager, limit):
    url = reverse("staff:policy", args=[manager.centre.code])

    assert client.post(url, policy_fields(manager.centre, **{limit: 0})).status_code == 422
