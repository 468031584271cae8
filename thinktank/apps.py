from django.apps import AppConfig


class ThinktankConfig(AppConfig):
    name = "thinktank"

    def ready(self) -> None:
        """Tell what can be observed, what we know of people, and which lists are files.

        The models these import are not there before all apps are.
        """
        from lishui_center.accounts import privacy  # noqa: PLC0415
        from lishui_center.common.tables import register as register_tables  # noqa: PLC0415
        from thinktank.experts.export import ENGAGEMENTS  # noqa: PLC0415
        from thinktank.followup.origins import milestone_origins  # noqa: PLC0415
        from thinktank.privacy import export_think_tank, forget_think_tank  # noqa: PLC0415
        from thinktank.recommendations.export import RECOMMENDATIONS  # noqa: PLC0415
        from thinktank.subjects import links  # noqa: PLC0415
        from thinktank.subjects.centres import CENTRES  # noqa: PLC0415
        from thinktank.subjects.needs import NEED_CATEGORIES  # noqa: PLC0415
        from thinktank.subjects.opening import KINDS  # noqa: PLC0415
        from thinktank.subjects.projects import PROJECTS  # noqa: PLC0415
        from thinktank.subjects.registry import register  # noqa: PLC0415
        from thinktank.subjects.teams import TEAMS  # noqa: PLC0415
        from volunteers.projects import origins  # noqa: PLC0415

        origins.register(milestone_origins)
        register(CENTRES)
        register(TEAMS)
        register(PROJECTS)
        register(NEED_CATEGORIES)
        for name, kind in KINDS.items():
            links.register(name, kind)
        register_tables(ENGAGEMENTS, RECOMMENDATIONS)
        privacy.register("think_tank", export=export_think_tank, erase=forget_think_tank)
