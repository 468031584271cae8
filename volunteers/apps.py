from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"

    def ready(self) -> None:
        """Tell what we know of people, what roles can hold for, and which lists are files.

        The models these import are not there before all apps are.
        """
        from lishui_center.accounts import privacy  # noqa: PLC0415
        from lishui_center.common.tables import register  # noqa: PLC0415
        from volunteers.projects.export import PROJECTS  # noqa: PLC0415
        from volunteers.projects.privacy import export_projects, forget_projects  # noqa: PLC0415

        privacy.register("projects", export=export_projects, erase=forget_projects)
        register(PROJECTS)
