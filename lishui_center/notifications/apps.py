from django.apps import AppConfig
from django.core.checks import register


class NotificationsConfig(AppConfig):
    name = "lishui_center.notifications"

    def ready(self) -> None:
        """Have the settings checked at the start."""
        # Its imports need the settings, which are there only now.
        from lishui_center.notifications.checks import check_sms_url  # noqa: PLC0415

        register(check_sms_url)
