"""Adding a centre in Django admin, and what its pages need from the first day."""

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from services.catalogue.actions import set_offerings
from services.centres.models import BookingPolicy, Centre, Tier
from tests.factories.accounts import UserFactory, sign_in_staff, town_wide
from tests.factories.pages import book_url
from tests.factories.services import CentreFactory, ItemFactory, OfferingFactory, PoolFactory

pytestmark = pytest.mark.django_db
DEFAULTS = {
    f"policy-0-{field.name}": field.default
    for field in BookingPolicy._meta.get_fields()
    if field.name not in {"centre", "releases_unconfirmed"}
}
RULES = {"policy-TOTAL_FORMS": 1, "policy-INITIAL_FORMS": 0, "policy-0-centre": ""} | DEFAULTS


def typed(centre: Centre) -> dict[str, object]:
    """The centre's own part of the form, with the booking rules as they are offered."""
    names = ("code", "tier", "name_zh", "name_en", "short_name_zh", "short_name_en")
    parent = {"parent": centre.parent_id or ""}
    return {name: getattr(centre, name) for name in names} | parent | {"is_active": "on"} | RULES


@pytest.fixture
def admin(client):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    return client


def test_a_centre_added_with_the_usual_rules_can_be_booked(admin):
    town = CentreFactory()
    added = Centre(
        code="new-village",
        tier=Tier.COMMUNITY,
        parent=town,
        name_zh="新村党群服务中心",
        name_en="New Village Centre",
        short_name_zh="新村",
        short_name_en="New Village",
    )

    answer = admin.post(reverse("admin:services_centre_add"), typed(added))

    assert answer.status_code == 302
    offering = OfferingFactory(pool__centre=Centre.objects.get(code="new-village"))
    assert admin.get(book_url(offering)).status_code == 200


def test_a_centre_without_rules_gets_them_when_it_is_saved(admin):
    town = CentreFactory()
    BookingPolicy.objects.all().delete()

    admin.post(reverse("admin:services_centre_change", args=[town.pk]), typed(town))

    assert BookingPolicy.objects.filter(centre=town).exists()


def test_a_centre_without_rules_gets_them_with_its_first_service():
    pool, item = PoolFactory(), ItemFactory()
    BookingPolicy.objects.all().delete()

    set_offerings(centre=pool.centre, pools={item.pk: pool.pk}, by=UserFactory())

    assert BookingPolicy.objects.filter(centre=pool.centre).exists()
