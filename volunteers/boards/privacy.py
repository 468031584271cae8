"""Consents to be named: in a person's copy of all data, and in erasing it."""

from lishui_center.accounts.models import User
from volunteers.boards.models import BoardConsent


def export_consents(user: User) -> list[dict[str, object]]:
    """When the person agreed to be named, and until when."""
    return [
        {
            "wording": consent.wording,
            "given_at": consent.given_at.isoformat(),
            "withdrawn_at": consent.withdrawn_at and consent.withdrawn_at.isoformat(),
        }
        for consent in BoardConsent.objects.of(user)
    ]


def forget_consents(user: User) -> None:
    """Remove them: nobody is left to be named."""
    BoardConsent.objects.of(user).delete()
