"""Who comes, and what they ask for: plain values, checked as they are made."""

import json
from dataclasses import dataclass
from datetime import datetime

from lishui_center.accounts.models import User
from lishui_center.common.encryption import lookup_hash
from lishui_center.common.names import clean_name
from lishui_center.common.phones import normalise_phone
from services.bookings.models import Channel
from services.catalogue.access import Visit
from services.household.models import FamilyMember


@dataclass(frozen=True)
class Visitor:
    """Who comes, and how that person is reached. `relative` is booked for by `user`."""

    name: str
    phone: str
    language: str
    concession: bool = False
    user: User | None = None
    relative: FamilyMember | None = None

    @property
    def is_relative_with_phone(self) -> bool:
        return self.relative is not None and bool(self.relative.phone_sealed)

    @property
    def person_hash(self) -> str:
        """Who the limits count: the phone, unless a relative borrows it.

        A relative goes by the number, which a removed one gives back: entered anew, the same.
        """
        if self.relative is None or self.is_relative_with_phone:
            return lookup_hash(self.phone)
        return lookup_hash(f"{self.phone}|{self.relative.number}", purpose="person")


@dataclass(frozen=True)
class BookingRequest:
    """What a resident asks for; staff who ask on someone's behalf are `booked_by`."""

    visit: Visit
    start: datetime
    visitor: Visitor
    channel: Channel
    hold: str = ""
    idempotency_key: str | None = None
    booked_by: User | None = None

    @property
    def digest(self) -> str:
        """Equal for equal contents: tells a replay from a key used twice.

        Keyed, for the row shows all that goes into it but the phone, which could then be guessed.
        """
        content = [
            self.visit.centre.code,
            self.visit.codes,
            int(self.start.timestamp()),
            self.visitor.name,
            self.visitor.phone,
            self.visitor.language,
        ]
        return lookup_hash(json.dumps(content) + self.visitor.person_hash, purpose="request")


def make_visitor(
    *,
    name: str,
    phone: str,
    language: str,
    concession: bool = False,
    user: User | None = None,
    relative: FamilyMember | None = None,
) -> Visitor:
    """A visitor from what was typed.

    Raises:
        BadNameError, BadPhoneError
    """
    return Visitor(clean_name(name), normalise_phone(phone), language, concession, user, relative)
