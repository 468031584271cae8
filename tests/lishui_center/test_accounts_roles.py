"""Who holds which role, who decides on it, and what it opens."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone

from lishui_center.accounts.access import (
    centre_ids_staffed_by,
    grants_of,
    staffed_centres,
    works_town_wide,
)
from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.roles.actions import (
    OwnRoleError,
    RoleHeldError,
    RoleNotYoursError,
    SeparateDutiesError,
    grant_role,
    revoke_role,
)
from lishui_center.accounts.rules import Role, Scope
from lishui_center.audit.models import Event
from tests.factories.accounts import (
    RoleGrantFactory,
    UserFactory,
    staff_at,
    town_wide,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def unsaved(user: User, role: Role = Role.CENTRE_STAFF, centre: int | None = 1) -> RoleGrant:
    scope = Scope.CENTRE if centre else Scope.TOWN
    return RoleGrant(user=user, role=role, scope=scope, scope_id=centre, valid_from=TODAY)


def test_staff_work_at_their_own_centre_only():
    clerk = staff_at(1)

    assert clerk.works_at(1, TODAY)
    assert not clerk.works_at(2, TODAY)
    assert not clerk.manages(1, TODAY)


def test_a_manager_works_at_and_manages_the_centre():
    manager = staff_at(1, role=Role.CENTRE_MANAGER)

    assert manager.works_at(1, TODAY)
    assert manager.manages(1, TODAY)
    assert not manager.manages(2, TODAY)


def test_the_town_administrator_manages_every_centre():
    admin = town_wide(Role.TOWN_ADMIN)

    assert admin.works_at(7, TODAY)
    assert admin.manages(7, TODAY)
    assert admin.is_town_admin(TODAY)
    assert admin.is_staff


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EXPERT, Role.VOLUNTEER])
def test_other_town_roles_work_nowhere(role):
    user = town_wide(role)

    assert not user.works_at(1, TODAY)
    assert not user.is_staff


def test_an_auditor_is_an_office_person_without_a_centre():
    auditor = town_wide(Role.AUDITOR)

    assert auditor.is_auditor(TODAY)
    assert auditor.is_staff_on(TODAY)
    assert not UserFactory().is_staff_on(TODAY)


@pytest.mark.parametrize(
    ("term", "in_force"),
    [
        ({"valid_from": TODAY}, True),
        ({"valid_from": TODAY + timedelta(days=1)}, False),
        ({"valid_to": TODAY}, True),
        ({"valid_to": TODAY - timedelta(days=1)}, False),
        ({"revoked_at": timezone.now()}, False),
    ],
)
def test_a_grant_holds_from_its_first_to_its_last_day(term, in_force):
    user = RoleGrantFactory(**term).user

    assert user.works_at(1, TODAY) is in_force


def test_a_locked_account_holds_no_role():
    assert not staff_at(1, is_active=False).works_at(1, TODAY)


def test_visitors_hold_no_role():
    assert grants_of(AnonymousUser(), TODAY) == ()
    assert centre_ids_staffed_by(AnonymousUser(), TODAY) == frozenset()


def test_filters_rows_by_the_centres_where_one_works():
    grants = RoleGrant.objects.order_by("scope_id")
    clerk = staff_at(1)
    RoleGrantFactory(scope_id=2)

    def seen_by(user):
        wanted = staffed_centres(user, TODAY, field="scope_id")
        return list(grants.filter(wanted, scope="centre").values_list("scope_id", flat=True))

    assert seen_by(clerk) == [1]
    assert seen_by(town_wide(Role.TOWN_ADMIN)) == [1, 2]
    assert seen_by(UserFactory()) == seen_by(AnonymousUser()) == []


def test_town_wide_staff_work_for_every_centre():
    assert works_town_wide(town_wide(Role.CENTRE_STAFF), TODAY)
    assert not works_town_wide(staff_at(1), TODAY)


def test_reads_the_grants_once_for_each_request(django_assert_num_queries):
    clerk = User.objects.get(pk=staff_at(1).pk)

    with django_assert_num_queries(1):
        clerk.works_at(1, TODAY)
        clerk.manages(2, TODAY)


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": Scope.TOWN, "scope_id": 1},
        {"scope": Scope.CENTRE, "scope_id": None},
        {"role": Role.TOWN_ADMIN, "scope": Scope.CENTRE, "scope_id": 1},
        {"role": Role.TEAM_LEADER, "scope": Scope.CENTRE, "scope_id": 1},
        {"valid_to": date(2019, 12, 31)},
    ],
)
def test_the_database_refuses_a_grant_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError):
        RoleGrantFactory(**fields)


def test_the_database_refuses_a_role_given_to_oneself():
    user = UserFactory()

    with pytest.raises(IntegrityError):
        RoleGrantFactory(user=user, granted_by=user)


def test_the_town_administrator_gives_any_role():
    admin, person = town_wide(Role.TOWN_ADMIN), UserFactory()

    grant_role(grant=unsaved(person, Role.CENTRE_MANAGER, 5), by=admin, now=timezone.now())

    event = Event.objects.get(action="role.granted")
    assert person.manages(5, TODAY)
    assert person.role_grants.get().granted_by == admin
    assert (event.actor, event.centre_id, event.facts["role"]) == (admin, 5, "centre_manager")


def test_a_manager_gives_staff_roles_at_the_own_centre():
    manager, person = staff_at(1, role=Role.CENTRE_MANAGER), UserFactory()

    grant_role(grant=unsaved(person), by=manager, now=timezone.now())

    assert person.works_at(1, TODAY)


@pytest.mark.parametrize(
    ("role", "centre"),
    [(Role.CENTRE_STAFF, 2), (Role.CENTRE_MANAGER, 1), (Role.CENTRE_STAFF, None)],
)
def test_a_manager_gives_nothing_more(role, centre):
    manager = staff_at(1, role=Role.CENTRE_MANAGER)

    with pytest.raises(RoleNotYoursError):
        grant_role(grant=unsaved(UserFactory(), role, centre), by=manager, now=timezone.now())


def test_a_clerk_gives_no_role():
    with pytest.raises(RoleNotYoursError):
        grant_role(grant=unsaved(UserFactory()), by=staff_at(1), now=timezone.now())


def test_nobody_gives_a_role_to_himself():
    admin = town_wide(Role.TOWN_ADMIN)

    with pytest.raises(OwnRoleError):
        grant_role(grant=unsaved(admin), by=admin, now=timezone.now())


@pytest.mark.parametrize(
    ("held", "given"), [(Role.TOWN_ADMIN, Role.AUDITOR), (Role.AUDITOR, Role.TOWN_ADMIN)]
)
def test_nobody_administers_and_audits(held, given):
    admin, person = town_wide(Role.TOWN_ADMIN), town_wide(held)

    with pytest.raises(SeparateDutiesError):
        grant_role(grant=unsaved(person, given, None), by=admin, now=timezone.now())


@pytest.mark.parametrize("centre", [1, None])
def test_a_role_is_given_once(centre):
    admin, person = town_wide(Role.TOWN_ADMIN), UserFactory()
    grant_role(grant=unsaved(person, centre=centre), by=admin, now=timezone.now())

    with pytest.raises(RoleHeldError):
        grant_role(grant=unsaved(person, centre=centre), by=admin, now=timezone.now())

    assert Event.objects.filter(action="role.granted").count() == 1


def test_a_role_taken_back_ends_at_once_and_can_be_given_again():
    admin, person = town_wide(Role.TOWN_ADMIN), UserFactory()
    grant = grant_role(grant=unsaved(person), by=admin, now=timezone.now())

    revoke_role(grant=grant, by=admin, now=timezone.now())
    revoke_role(grant=grant, by=admin, now=timezone.now())

    assert not User.objects.get(pk=person.pk).works_at(1, TODAY)
    assert Event.objects.filter(action="role.revoked").count() == 1
    grant_role(grant=unsaved(person), by=admin, now=timezone.now())


def test_nobody_takes_his_own_role_back():
    admin = town_wide(Role.TOWN_ADMIN)

    with pytest.raises(OwnRoleError):
        revoke_role(grant=admin.role_grants.get(), by=admin, now=timezone.now())


def test_the_first_administrator_is_made_on_the_command_line():
    admin = User.objects.create_superuser("Root@Example.org", "a long pass phrase")

    assert admin.email == "root@example.org"
    assert admin.is_staff
    assert admin.has_perm("services.change_centre")
    assert not admin.has_perm("audit.change_event")
