"""The quiet hours of this house. Source: domain.md, "Messages"."""

from django.conf import settings

from lishui_center.notifications.rules import QuietHours


def quiet_hours() -> QuietHours:
    """As the settings say."""
    return QuietHours(settings.QUIET_FROM, settings.QUIET_UNTIL)
