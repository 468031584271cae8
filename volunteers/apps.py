from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"

    def ready(self) -> None:
        """Tell what is below what we hold about people, and which lists can be taken away.

        The models these import are not there before all apps are.
        """
        from lishui_center.accounts import privacy  # noqa: PLC0415
        from lishui_center.common.tables import register  # noqa: PLC0415
        from volunteers.office.export import LEDGER  # noqa: PLC0415
        from volunteers.privacy import export_hours, forget_words  # noqa: PLC0415

        privacy.register("volunteer_hours", export=export_hours, erase=forget_words)
        register(LEDGER)
