"""Entering, changing and removing one's relatives."""

from dataclasses import dataclass

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.names import clean_name
from lishui_center.common.phones import normalise_phone
from lishui_center.common.retries import retry_on_conflict
from services.household.errors import FamilyFullError
from services.household.models import FamilyMember, Relation
from services.household.rules import MOST_RELATIVES, free_number


@dataclass(frozen=True)
class Relative:
    """What is typed about a relative; without `phone`, messages go to the user."""

    name: str
    relation: Relation
    phone: str = ""
    concession: bool = False


@retry_on_conflict
@transaction.atomic
def add_relative(*, user: User, relative: Relative) -> FamilyMember:
    """Enter a relative of `user`.

    Raises:
        FamilyFullError, BadNameError, BadPhoneError: nothing was written.
    """
    number = free_number(set(user.family_members.values_list("number", flat=True)))
    if number is None:
        raise FamilyFullError(most=MOST_RELATIVES)
    member = _filled(FamilyMember(user=user, number=number), relative)
    member.save()
    record(user, "relative.added", member)
    return member


@transaction.atomic
def change_relative(*, member: FamilyMember, relative: Relative) -> FamilyMember:
    """Correct what was entered; bookings made before keep what they say.

    Raises:
        BadNameError, BadPhoneError: nothing was written.
    """
    _filled(member, relative).save(
        update_fields=["name", "relation", "phone_sealed", "phone_hash", "concession"]
    )
    record(member.user, "relative.changed", member)
    return member


@transaction.atomic
def remove_relative(*, member: FamilyMember) -> None:
    """Forget a relative; bookings made for that person stay valid."""
    record(member.user, "relative.removed", member)
    member.delete()


def _filled(member: FamilyMember, relative: Relative) -> FamilyMember:
    phone = normalise_phone(relative.phone) if relative.phone.strip() else ""
    member.name = clean_name(relative.name)
    member.relation = relative.relation
    member.phone_sealed = seal(phone)
    member.phone_hash = lookup_hash(phone) if phone else ""
    member.concession = relative.concession
    return member
