from django.apps import AppConfig
from django.utils import timezone


class VolunteersConfig(AppConfig):
    name = "volunteers"

    def ready(self) -> None:
        """Tell what is below what messages read, what we know of people, and which lists there are.

        The models these import are not there before all apps are.
        """
        from lishui_center.accounts import privacy  # noqa: PLC0415
        from lishui_center.common import tables  # noqa: PLC0415
        from lishui_center.notifications import subjects  # noqa: PLC0415
        from volunteers.signups import messages as signups  # noqa: PLC0415
        from volunteers.signups.export import SIGNUPS  # noqa: PLC0415
        from volunteers.signups.privacy import export_signups, forget_signups  # noqa: PLC0415
        from volunteers.training.export import TRAINING  # noqa: PLC0415
        from volunteers.training.privacy import export_training, forget_training  # noqa: PLC0415

        subjects.register(signups.SUBJECT, signups.load_snapshots)
        tables.register(SIGNUPS, TRAINING)
        privacy.register(
            "activities",
            export=export_signups,
            erase=lambda user: forget_signups(user, now=timezone.now()),
        )
        privacy.register("training", export=export_training, erase=forget_training)
