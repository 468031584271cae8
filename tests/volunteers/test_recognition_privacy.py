"""Stars, certificates, consents and returns: in a person's copy, and gone with the account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from lishui_center.accounts.privacy import erase_all, export_all
from tests.factories.accounts import UserFactory, town_wide
from tests.factories.recognition import DAY, announced, awarded, served
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.boards.actions import give_consent
from volunteers.boards.models import BoardConsent
from volunteers.certificates.actions import certify_hours
from volunteers.certificates.models import Certificate
from volunteers.certificates.rules import Period
from volunteers.recognition.models import Objection
from volunteers.recognition.objecting import object_to_star
from volunteers.returns.actions import make_batch, mark_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Somebody with a star, a paper, a consent, an objection, and hours handed in."""
    team, user, admin = TeamFactory(), UserFactory(), town_wide("town_admin")
    member_of(team, user=user)
    served(user, team, hours=12)
    awarded(user)
    give_consent(user=user, now=NOW)
    period = Period(DAY - timedelta(days=9), DAY)
    certify_hours(volunteer=user, period=period, key=uuid4(), now=NOW)
    object_to_star(award_id=announced(UserFactory()).pk, by=user, text="没有来", now=NOW)
    mark_sent(batch=make_batch(centre=None, by=admin, now=NOW), by=admin, now=NOW)
    return user


def test_the_copy_holds_all_of_it(person):
    copy = export_all(person, now=NOW)

    assert copy["stars"]["stars"][0]["level"] == 1
    assert copy["stars"]["objections"][0]["text"] == "没有来"
    assert copy["boards"][0]["withdrawn_at"] is None
    assert copy["certificates"][0]["says"]["name"] == person.display_name
    assert copy["returns"][0]["state"] == "sent"


def test_erasing_leaves_no_name_and_the_code_says_so(client, person):
    erase_all(person, now=NOW)

    certificate = Certificate.objects.get()
    page = client.get(reverse("certificates:verify", args=[certificate.code])).content.decode()
    assert certificate.snapshot == {}
    assert gettext("This certificate can no longer be checked") in page
    assert not BoardConsent.objects.exists()
    assert Objection.objects.get().text == ""
