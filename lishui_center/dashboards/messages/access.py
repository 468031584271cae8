"""Which messages staff may see and send again."""

from datetime import date

from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from lishui_center.notifications.models import Notification, NotificationQuerySet


def messages_seen_by(user: User, today: date) -> NotificationQuerySet:
    """Messages about the centres where the person works.

    Those about no centre, such as codes, are for people who work town-wide.
    """
    return Notification.objects.filter(staffed_centres(user, today))


def get_message_to_resend(user: User, pk: int, today: date) -> Notification:
    """A failed or uncertain message of the person's centres, or 404."""
    return get_object_or_404(messages_seen_by(user, today).resendable(), pk=pk)
