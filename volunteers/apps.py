from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils import timezone


class VolunteersConfig(AppConfig):
    name = "volunteers"

    def ready(self) -> None:
        """Tell what is below what we know of people, whom we keep, and which lists are files.

        The models these import are not there before all apps are.
        """
        from volunteers.certificates.fonts import check_font  # noqa: PLC0415

        register_check(check_font, deploy=True)
        self._register_messages()
        self._register_privacy()
        self._register_privacy_of_recognition()
        self._register_tables()
        self._register_needs()

    def _register_messages(self) -> None:
        from lishui_center.notifications import subjects  # noqa: PLC0415
        from volunteers.signups import messages as signups  # noqa: PLC0415

        subjects.register(signups.SUBJECT, signups.load_snapshots)

    def _register_privacy(self) -> None:
        from lishui_center.accounts import keeping, privacy  # noqa: PLC0415
        from volunteers.leadership.privacy import export_teams, forget_teams  # noqa: PLC0415
        from volunteers.privacy import export_hours, forget_words  # noqa: PLC0415
        from volunteers.projects.privacy import export_projects, forget_projects  # noqa: PLC0415
        from volunteers.signups.privacy import export_signups, forget_signups  # noqa: PLC0415
        from volunteers.teams.models import Membership  # noqa: PLC0415
        from volunteers.training.privacy import export_training, forget_training  # noqa: PLC0415

        privacy.register(
            "teams",
            export=export_teams,
            erase=lambda user: forget_teams(user, now=timezone.now()),
        )
        privacy.register("volunteer_hours", export=export_hours, erase=forget_words)
        privacy.register("projects", export=export_projects, erase=forget_projects)
        privacy.register(
            "activities",
            export=export_signups,
            erase=lambda user: forget_signups(user, now=timezone.now()),
        )
        privacy.register("training", export=export_training, erase=forget_training)
        keeping.register("members", lambda: Membership.objects.values("user"))

    def _register_privacy_of_recognition(self) -> None:
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

    def _register_needs(self) -> None:
        """Which units of ours take needs, and what uses of resources can be for."""
        from services.lending import kinds  # noqa: PLC0415
        from services.lending.models import ForKind  # noqa: PLC0415
        from services.requests import projects, targets  # noqa: PLC0415
        from volunteers.needs import doors, uses  # noqa: PLC0415

        targets.register(targets.TEAM, doors.TEAMS)
        targets.register(projects.PROJECT, doors.PROJECTS)
        projects.register(doors.DOOR)
        kinds.register(ForKind.NEED, uses.needs)
        kinds.register(ForKind.PROJECT, uses.projects)
        kinds.register(ForKind.ACTIVITY, uses.activities)

    def _register_tables(self) -> None:
        from lishui_center.common.tables import register  # noqa: PLC0415
        from volunteers.office.export import LEDGER  # noqa: PLC0415
        from volunteers.pages.export import TEAM_MEMBERS, TEAMS  # noqa: PLC0415
        from volunteers.projects.export import PROJECTS  # noqa: PLC0415
        from volunteers.signups.export import SIGNUPS  # noqa: PLC0415
        from volunteers.training.export import TRAINING  # noqa: PLC0415

        register(TEAMS, TEAM_MEMBERS, PROJECTS, SIGNUPS, TRAINING, LEDGER)
