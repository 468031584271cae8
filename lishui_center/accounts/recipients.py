"""Where a signed-in person is written to."""

from lishui_center.accounts.models import User
from lishui_center.notifications.actions import Recipient


def recipient_of(user: User) -> Recipient:
    """The person's own phone, mailbox and inbox."""
    return Recipient(
        user_id=user.pk,
        phone_sealed=user.phone_sealed,
        phone_hash=user.phone_hash,
        email=user.email,
        language=user.language,
    )
