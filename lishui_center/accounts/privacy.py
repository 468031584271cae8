"""What we hold about a person, put together from every app that holds something.

Apps above register their part in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lishui_center.accounts.models import User
from lishui_center.notifications.actions import forget_person
from lishui_center.notifications.models import Notification


@dataclass(frozen=True)
class Part:
    """One app's data about a person.

    `export` answers plain JSON values; `erase` removes or anonymises the same, and is run in the
    transaction that empties the account.
    """

    export: Callable[[User], object]
    erase: Callable[[User], None]


PARTS: dict[str, Part] = {}


def register(name: str, *, export: Callable[[User], object], erase: Callable[[User], None]) -> None:
    """Add the part `name` to every export and erasure."""
    PARTS[name] = Part(export, erase)


def export_all(user: User, *, now: datetime) -> dict[str, object]:
    """The copy that the law entitles everybody to, as plain JSON values."""
    account = {
        "name": user.display_name,
        "phone": user.phone,
        "email": user.email,
        "language": user.language,
        "joined_at": user.joined_at.isoformat(),
        "last_sign_in_at": user.last_login.isoformat() if user.last_login else None,
    }
    roles = [
        {
            "role": grant.role,
            "scope": grant.scope,
            "number": grant.scope_id,
            "valid_from": grant.valid_from.isoformat(),
            "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
        }
        for grant in user.role_grants.order_by("valid_from")
    ]
    messages = [
        {"kind": sent.kind, "text": sent.text, "sent_at": sent.sent_at and sent.sent_at.isoformat()}
        for sent in Notification.objects.in_inbox_of(user)
    ]
    parts = {name: part.export(user) for name, part in PARTS.items()}
    return {
        "exported_at": now.isoformat(),
        "account": account,
        "roles": roles,
        "messages": messages,
    } | parts


def erase_all(user: User, *, now: datetime) -> None:
    """Have every app remove its part, and forget what was written to the person."""
    for part in PARTS.values():
        part.erase(user)
    proven = user.phone_hash if user.phone_verified_at else ""
    forget_person(user_id=user.pk, phone_hash=proven, now=now)
