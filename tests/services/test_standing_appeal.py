"""Appealing against a suspension, and deciding on it."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.http import Http404
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.clock import today
from services.standing.access import (
    get_suspension_by_link,
    get_suspension_to_decide,
    link_token,
)
from services.standing.actions import appeal, decide_appeal, lift, suspend
from services.standing.errors import (
    AppealedAlreadyError,
    AppealEmptyError,
    AppealTooLateError,
    NotAppealedError,
    OwnRecordError,
)
from services.standing.models import AppealState, Suspension
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.services import NOW, CommunityFactory, make_booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return UserFactory(phone="13700000001")


@pytest.fixture
def suspension(manager):
    booking = make_booking()
    return suspend(
        phone_hash=booking.phone_hash,
        cause_id=booking.pk,
        policy=booking.centre.policy,
        actor=manager,
        now=NOW,
    )


def test_one_cause_suspends_once(suspension, manager):
    again = suspend(
        phone_hash=suspension.phone_hash,
        cause_id=suspension.cause_id,
        policy=suspension.centre.policy,
        actor=manager,
        now=NOW,
    )

    assert again == suspension


def test_a_granted_appeal_lifts_at_once(suspension, manager):
    appeal(suspension_id=suspension.pk, text="住院了", now=NOW)

    decided = decide_appeal(
        suspension_id=suspension.pk, upheld=True, note="有证明", actor=manager, now=NOW
    )

    assert (decided.appeal, decided.lifted_at) == (AppealState.UPHELD, NOW)
    assert not Suspension.objects.in_force(NOW).exists()
    assert Event.objects.filter(action="suspension.lifted").count() == 1


def test_a_refused_appeal_leaves_the_suspension(suspension, manager):
    appeal(suspension_id=suspension.pk, text="忘了", now=NOW)

    decide_appeal(suspension_id=suspension.pk, upheld=False, note="无", actor=manager, now=NOW)

    assert Suspension.objects.in_force(NOW).exists()


def test_an_appeal_needs_words(suspension):
    with pytest.raises(AppealEmptyError):
        appeal(suspension_id=suspension.pk, text="  ", now=NOW)


def test_one_appeal_is_heard(suspension):
    appeal(suspension_id=suspension.pk, text="住院了", now=NOW)

    with pytest.raises(AppealedAlreadyError):
        appeal(suspension_id=suspension.pk, text="再说一次", now=NOW)


def test_an_appeal_comes_within_seven_days(suspension):
    with pytest.raises(AppealTooLateError):
        appeal(suspension_id=suspension.pk, text="住院了", now=NOW + timedelta(days=7, seconds=1))


def test_what_was_not_appealed_is_not_decided(suspension, manager):
    with pytest.raises(NotAppealedError):
        decide_appeal(suspension_id=suspension.pk, upheld=True, note="", actor=manager, now=NOW)


def test_nobody_decides_on_their_own(suspension):
    suspended = UserFactory(phone="13900000001")
    appeal(suspension_id=suspension.pk, text="住院了", now=NOW)

    with pytest.raises(OwnRecordError):
        decide_appeal(suspension_id=suspension.pk, upheld=True, note="", actor=suspended, now=NOW)
    with pytest.raises(OwnRecordError):
        lift(suspension_id=suspension.pk, actor=suspended, reason="", now=NOW)


def test_a_forged_link_finds_nothing(suspension):
    assert get_suspension_by_link(link_token(suspension)) == suspension
    with pytest.raises(Http404):
        get_suspension_by_link(f"{suspension.pk}:forged")


def test_only_managers_of_the_centre_decide(suspension):
    def grant(role, centre):
        return RoleGrantFactory(
            user=UserFactory(), role=role, scope="centre", scope_id=centre.pk
        ).user

    here, elsewhere = suspension.centre, CommunityFactory()
    manager = grant(Role.CENTRE_MANAGER, here)

    assert get_suspension_to_decide(manager, suspension.pk, today(NOW)) == suspension
    for stranger in (grant(Role.CENTRE_STAFF, here), grant(Role.CENTRE_MANAGER, elsewhere)):
        with pytest.raises(Http404):
            get_suspension_to_decide(stranger, suspension.pk, today(NOW))


def test_the_page_takes_the_appeal(client, suspension):
    url = f"/standing/{link_token(suspension)}/"
    Suspension.objects.update(
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=30),
        appeal_until=timezone.now() + timedelta(days=7),
    )

    answer = client.post(url, {"text": "住院了"}, follow=True)

    suspension.refresh_from_db()
    assert suspension.appeal == AppealState.OPEN
    assert answer.status_code == HTTPStatus.OK


def test_the_page_says_what_is_missing(client, suspension):
    answer = client.post(f"/standing/{link_token(suspension)}/", {"text": ""})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_page_of_a_forged_link_is_not_there(client):
    assert client.get("/standing/1:forged/").status_code == HTTPStatus.NOT_FOUND
