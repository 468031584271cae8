"""`manage.py demo`: an invented town to look around in. Never in production."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lishui_center.demo import load


class Command(BaseCommand):
    """Fill the database with invented people, centres and bookings."""

    help = "Load invented demo data; refused when DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what can be chosen."""
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is data already"
        )
        parser.add_argument(
            "--scale", type=float, default=1, help="so many times 60 days of history"
        )

    def handle(
        self, *_args: str, reset: bool, if_empty: bool, scale: float, **_options: object
    ) -> None:
        """Load, or say why not."""
        if not settings.DEBUG:
            raise CommandError("Demo data is for development: refused because DEBUG is off.")
        if scale <= 0:
            raise CommandError("--scale must be greater than 0.")
        if load.is_loaded() and if_empty and not reset:
            return
        if load.is_loaded() and not reset:
            raise CommandError("There is data already; --reset removes all of it first.")
        began = time.perf_counter()
        if reset:
            load.empty()
        load.load(now=timezone.now(), scale=scale)
        self.stdout.write(f"Demo data loaded in {time.perf_counter() - began:.0f} s.")
