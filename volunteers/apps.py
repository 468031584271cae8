from django.apps import AppConfig
from django.core.checks import register


class VolunteersConfig(AppConfig):
    name = "volunteers"

    def ready(self) -> None:
        """Check that certificates can be drawn; take part in what we hold about a person."""
        # Models cannot be imported before all apps are.
        from volunteers.certificates.fonts import check_font  # noqa: PLC0415

        register(check_font, deploy=True)
        self._register_privacy()

    def _register_privacy(self) -> None:
        """What a person's copy of all data holds, and erasing it takes out."""
        from lishui_center.accounts import privacy  # noqa: PLC0415
        from volunteers.boards import privacy as boards  # noqa: PLC0415
        from volunteers.certificates import privacy as certificates  # noqa: PLC0415
        from volunteers.recognition import privacy as stars  # noqa: PLC0415
        from volunteers.returns import privacy as returns  # noqa: PLC0415

        privacy.register("stars", export=stars.export_stars, erase=stars.forget_stars)
        privacy.register("boards", export=boards.export_consents, erase=boards.forget_consents)
        privacy.register(
            "certificates",
            export=certificates.export_certificates,
            erase=certificates.forget_certificates,
        )
        privacy.register("returns", export=returns.export_returns, erase=returns.forget_returns)
