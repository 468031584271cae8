"""People and their roles."""

import time
from datetime import date

import factory
from django.contrib.auth.hashers import make_password
from django.test import Client
from factory.django import DjangoModelFactory

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from lishui_center.common.encryption import lookup_hash, seal


class UserFactory(DjangoModelFactory):
    """A resident with a proven phone: 13800000001 and on."""

    class Meta:
        model = User

    class Params:
        phone = factory.Sequence(lambda number: f"138{number:08d}")

    display_name = "陈小怡"
    password = factory.LazyFunction(lambda: make_password(None))
    phone_sealed = factory.LazyAttribute(lambda user: seal(user.phone))
    phone_hash = factory.LazyAttribute(lambda user: lookup_hash(user.phone) if user.phone else "")


class RoleGrantFactory(DjangoModelFactory):
    """A clerk's grant at centre 1, in force since 2020 without an end."""

    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.CENTRE_STAFF
    scope = Scope.CENTRE
    scope_id = 1
    valid_from = date(2020, 1, 1)


def staff_at(centre_id: int, *, role: Role = Role.CENTRE_STAFF, **user: object) -> User:
    """A user with `role` at the centre."""
    return RoleGrantFactory(
        user=UserFactory(**user), role=role, scope=Scope.CENTRE, scope_id=centre_id
    ).user


def town_wide(role: Role, **user: object) -> User:
    """A user with `role` for the whole town: administrator, auditor, expert, volunteer."""
    return RoleGrantFactory(
        user=UserFactory(**user), role=role, scope=Scope.TOWN, scope_id=None
    ).user


def sign_in_staff(client: Client, user: User) -> None:
    """What a staff sign-in with password and code leaves in the session."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "code", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
