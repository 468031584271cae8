from django.apps import AppConfig

from lishui_center.common import logs


class CommonConfig(AppConfig):
    name = "lishui_center.common"

    def ready(self) -> None:
        """Set up the log of events before anything can happen."""
        logs.configure()
