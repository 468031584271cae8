"""Everything between installing and serving, in one start of Django."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Safe to run at every start: each step does nothing when there is nothing to do."""

    help = "Bring the database up to date; with DEBUG add demo data, without collect static files."

    def handle(self, *_args: object, **_options: object) -> None:
        """Run the steps in turn."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable")
        if settings.DEBUG:
            call_command("demo", if_empty=True)
        else:
            call_command("collectstatic", verbosity=0, interactive=False)
