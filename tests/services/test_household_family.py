"""My family: the relatives one books for."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts import privacy
from lishui_center.audit.models import Event
from lishui_center.common.names import BadNameError
from lishui_center.common.phones import BadPhoneError
from services.household.actions import Relative, add_relative, change_relative, remove_relative
from services.household.errors import FamilyFullError
from services.household.models import FamilyMember, Relation
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MOTHER = Relative(" 李 阿婆 ", Relation.PARENT, "138 0000 9999", concession=True)
TYPED = {"name": "李阿婆", "relation": "parent", "phone": ""}


def test_keeps_the_name_tidy_and_the_phone_sealed():
    member = add_relative(user=UserFactory(), relative=MOTHER)

    assert (member.name, member.phone, member.concession) == ("李 阿婆", "13800009999", True)
    assert "13800009999" not in member.phone_sealed


@pytest.mark.parametrize(
    ("relative", "error"),
    [
        (Relative("  ", Relation.CHILD), BadNameError),
        (Relative("长" * 41, Relation.CHILD), BadNameError),
        (Relative("李子轩", Relation.CHILD, "12345"), BadPhoneError),
    ],
)
def test_refuses_what_cannot_be_kept(relative, error):
    with pytest.raises(error):
        add_relative(user=UserFactory(), relative=relative)

    assert not FamilyMember.objects.exists()


def test_refuses_a_sixth_until_one_is_removed():
    user = UserFactory()
    family = [add_relative(user=user, relative=MOTHER) for _ in range(5)]

    with pytest.raises(FamilyFullError):
        add_relative(user=user, relative=MOTHER)
    remove_relative(member=family[2])
    assert add_relative(user=user, relative=MOTHER).number == 3


def test_the_database_refuses_a_sixth_too():
    user = UserFactory()

    with pytest.raises(IntegrityError):
        FamilyMember.objects.create(user=user, number=6, name="李", relation=Relation.OTHER)


def test_a_phone_can_be_taken_out_again():
    member = add_relative(user=UserFactory(), relative=MOTHER)

    change_relative(member=member, relative=Relative("李阿婆", Relation.PARENT))

    member.refresh_from_db()
    assert (member.phone_sealed, member.phone_hash, member.concession) == ("", "", False)


def test_the_trail_names_nobody():
    add_relative(user=UserFactory(), relative=MOTHER)

    event = Event.objects.get(action="relative.added")
    assert event.facts == {}


def test_page_adds_changes_and_removes(client):
    user = UserFactory()
    client.force_login(user)

    client.post(reverse("household:list"), TYPED)
    member = user.family_members.get()
    client.post(reverse("household:change", args=[member.pk]), TYPED | {"name": "李婆婆"})
    assert "李婆婆" in client.get(reverse("household:list")).content.decode()
    client.post(reverse("household:remove", args=[member.pk]))

    assert not user.family_members.exists()


def test_page_says_what_is_wrong_and_keeps_what_was_typed(client):
    client.force_login(UserFactory())

    answer = client.post(reverse("household:list"), TYPED | {"phone": "12345"})

    assert answer.status_code == 422
    assert "李阿婆" in answer.content.decode()


@pytest.mark.parametrize("page", ["change", "remove"])
def test_a_stranger_learns_nothing(client, page):
    member = add_relative(user=UserFactory(), relative=MOTHER)
    client.force_login(UserFactory())

    answer = client.post(reverse(f"household:{page}", args=[member.pk]), TYPED)

    assert answer.status_code == 404
    assert FamilyMember.objects.filter(pk=member.pk, name="李 阿婆").exists()


def test_visitors_sign_in_first(client):
    assert client.get(reverse("household:list")).status_code == 302


def test_is_erased_with_the_account():
    user = UserFactory()
    add_relative(user=user, relative=MOTHER)

    privacy.erase_all(user, now=timezone.now())

    assert not FamilyMember.objects.exists()
