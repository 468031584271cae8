from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "lishui_center.dashboards"

    def ready(self) -> None:
        """Offer our list as a file."""
        # Models cannot be imported before all apps are.
        from lishui_center.common.tables import register  # noqa: PLC0415
        from lishui_center.dashboards.messages.export import MESSAGES  # noqa: PLC0415

        register(MESSAGES)
