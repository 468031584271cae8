"""Nobody decides on their own star or certificate.

Who may decide on others' is in tests/permissions/recognition.md.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.recognition import DAY, announced, awarded, served, star
from tests.factories.services import NOW, CentreFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.certificates.actions import certify_hours
from volunteers.certificates.rules import Period
from volunteers.recognition.models import AwardState
from volunteers.recognition.objecting import object_to_star

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, stop_the_clock):
    """A manager who is a volunteer of the centre too, and signed in."""
    stop_the_clock(NOW)
    team = TeamFactory(centre=CentreFactory())
    user = staff_at(team.centre_id, role=Role.CENTRE_MANAGER)
    member_of(team, user=user)
    served(user, team, hours=108)
    sign_in_staff(client, user)
    return user


@pytest.mark.parametrize(
    ("made", "sent"),
    [
        (lambda user: announced(user, over=True), {"act": "award"}),
        (star, {"act": "decline", "text": "x"}),
        (lambda user: awarded(user, level=5), {"act": "revoke", "text": "x"}),
    ],
    ids=["award", "decline", "revoke"],
)
def test_no_manager_decides_on_their_own_star(client, manager, made, sent):
    own = made(manager)
    before = own.state

    client.post(reverse("volunteer-staff:star", args=[own.pk]), sent)

    own.refresh_from_db()
    assert own.state == before


def test_no_manager_announces_their_own_star(client, manager):
    own = star(manager)

    client.post(reverse("volunteer-staff:stars"), {"award": own.pk})

    own.refresh_from_db()
    assert own.state == AwardState.ELIGIBLE


def test_no_manager_settles_an_objection_to_their_own_star(client, manager):
    own = announced(manager)
    objection = object_to_star(award_id=own.pk, by=UserFactory(), text="?", now=NOW)

    sent = {"act": "dismiss", "objection": objection.pk, "text": "x"}
    client.post(reverse("volunteer-staff:star", args=[own.pk]), sent)

    objection.refresh_from_db()
    assert objection.settled_by is None


def test_no_manager_revokes_their_own_certificate(client, manager):
    period = Period(DAY - timedelta(days=30), DAY)
    own = certify_hours(volunteer=manager, period=period, key=uuid4(), now=NOW)

    client.post(reverse("volunteer-staff:certificate", args=[own.code]), {"reason": "x"})

    own.refresh_from_db()
    assert own.revoked_at is None
