"""Who may do what with stars, certificates, boards and returns: one table, by the real pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.recognition import DAY, announced, awarded, served, star
from tests.factories.services import NOW, CentreFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.certificates.actions import certify_hours
from volunteers.certificates.models import Certificate
from volunteers.certificates.rules import Period
from volunteers.recognition.models import AwardState, Objection, StarAward
from volunteers.recognition.objecting import object_to_star
from volunteers.returns.actions import make_batch, mark_sent
from volunteers.returns.models import ReturnBatch, ReturnRow, RowState
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db
STAFF = {"staff", "manager", "admin"}
MANAGERS = {"manager", "admin"}
MEMBERS = {"volunteer", "leader", "member"}
ROLES = MEMBERS | STAFF | {"stranger", "ended", "auditor", "elsewhere"}


@pytest.fixture
def town(stop_the_clock):
    """A team with its volunteer, and somebody of every role."""
    stop_the_clock(NOW)
    return Town()


class Town:
    def __init__(self):
        centre = CentreFactory()
        self.team = TeamFactory(centre=centre)
        self.owner = member_of(self.team)
        self.other = town_wide(Role.TOWN_ADMIN)
        served(self.owner, self.team, hours=108)
        self.people = {
            "volunteer": self.owner,
            "leader": member_of(self.team, role=MemberRole.LEADER),
            "member": member_of(self.team),
            "ended": member_of(self.team, ends_on=DAY - timedelta(days=1)),
            "stranger": UserFactory(),
            "staff": staff_at(centre.pk),
            "manager": staff_at(centre.pk, role=Role.CENTRE_MANAGER),
            "elsewhere": staff_at(centre.pk + 1, role=Role.CENTRE_MANAGER),
            "admin": town_wide(Role.TOWN_ADMIN),
            "auditor": town_wide(Role.AUDITOR),
        }

    def certificate(self):
        period = Period(DAY - timedelta(days=30), DAY)
        return certify_hours(volunteer=self.owner, period=period, key=uuid4(), now=NOW)

    def batch(self):
        centre = self.team.centre
        return make_batch(centre=centre, by=self.other, now=NOW)


def state_after(client, award, **sent):
    client.post(reverse("volunteer-staff:star", args=[award.pk]), sent)
    return StarAward.objects.get(pk=award.pk).state


def announce(town, client):
    award = star(town.owner)
    client.post(reverse("volunteer-staff:stars"), {"award": award.pk})
    return StarAward.objects.get(pk=award.pk).state == AwardState.ANNOUNCED


def award(town, client):
    over = announced(town.owner, by=town.other, over=True)
    return state_after(client, over, act="award") == AwardState.AWARDED


def decline(town, client):
    return state_after(client, star(town.owner), act="decline", text="x") == AwardState.DECLINED


def revoke(town, client):
    high = awarded(town.owner, level=5)
    return state_after(client, high, act="revoke", text="x") == AwardState.REVOKED


def settle(town, client):
    award = announced(town.owner, by=town.other)
    objection = object_to_star(award_id=award.pk, by=UserFactory(), text="?", now=NOW)
    sent = {"act": "dismiss", "objection": objection.pk, "text": "x"}
    return state_after(client, award, **sent) == AwardState.ANNOUNCED


def read_notice(town, client):
    announced(town.owner)
    return "陈*怡" in client.get(reverse("volunteers:notices")).content.decode()


def object_to(town, client):
    award = announced(town.owner)
    client.post(reverse("volunteers:object", args=[award.pk]), {"text": "x"})
    return Objection.objects.exists()


def object_at_desk(town, client):
    award = announced(town.owner)
    client.post(reverse("volunteer-staff:desk-objection", args=[award.pk]), {"text": "x"})
    return Objection.objects.filter(at_desk=True).exists()


def fetch_paper(town, client):
    address = reverse("volunteers:certificate-paper", args=[town.certificate().code])
    return client.get(address).status_code == 200


def verify(town, client):
    address = reverse("certificates:verify", args=[town.certificate().code])
    return client.get(address).status_code == 200


def revoke_certificate(town, client):
    address = reverse("volunteer-staff:certificate", args=[town.certificate().code])
    client.post(address, {"reason": "x"})
    return Certificate.objects.filter(revoked_at=NOW).exists()


def see_board(town, client):
    return client.get(reverse("volunteers:board")).status_code == 200


def see_team(town, client):
    address = reverse("volunteers:team-board", args=[town.team.code])
    return client.get(address).status_code == 200


def make_return(town, client):
    client.post(reverse("volunteer-staff:returns"), {"centre": town.team.centre.code})
    return ReturnBatch.objects.exists()


def see_return(town, client):
    address = reverse("volunteer-staff:return", args=[town.batch().pk])
    return client.get(address).status_code == 200


def take_file(town, client):
    address = reverse("volunteer-staff:return-file", args=[town.batch().pk])
    sent = {"file-reason": "上报", "format": "csv"}
    answer = client.post(address, sent)
    return answer.status_code == 200 and "attachment" in answer["Content-Disposition"]


def hand_in(town, client):
    address = reverse("volunteer-staff:return-act", args=[town.batch().pk])
    client.post(address, {"act": "sent"})
    return ReturnRow.objects.in_state(RowState.SENT).exists()


def accept_rows(town, client):
    batch = town.batch()
    mark_sent(batch=batch, by=town.other, now=NOW)
    address = reverse("volunteer-staff:return-act", args=[batch.pk])
    client.post(address, {"act": "accepted", "row": batch.rows.first().pk})
    return ReturnRow.objects.in_state(RowState.ACCEPTED).exists()


TABLE = {
    announce: MANAGERS,
    award: MANAGERS,
    decline: MANAGERS,
    revoke: MANAGERS,
    settle: MANAGERS,
    read_notice: ROLES,
    object_to: ROLES - {"volunteer"},
    object_at_desk: STAFF | {"elsewhere"},
    fetch_paper: {"volunteer"},
    verify: ROLES,
    revoke_certificate: MANAGERS,
    see_board: ROLES,
    see_team: MEMBERS,
    make_return: MANAGERS,
    see_return: MANAGERS,
    take_file: MANAGERS,
    hand_in: MANAGERS,
    accept_rows: MANAGERS,
}


@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.__name__)
def test_is_open_to_these_roles_and_no_others(town, act):
    may = set()
    for role, user in town.people.items():
        client = Client()
        sign_in_staff(client, user)
        with transaction.atomic():
            if act(town, client):
                may.add(role)
            transaction.set_rollback(True)

    assert may == TABLE[act]


@pytest.mark.parametrize("act", [announce, award, decline, revoke, settle, revoke_certificate])
def test_no_manager_decides_on_their_own(town, act):
    member_of(town.team, user=(manager := town.people["manager"]))
    served(manager, town.team, hours=108)
    town.owner = manager
    client = Client()
    sign_in_staff(client, manager)

    assert not act(town, client)
