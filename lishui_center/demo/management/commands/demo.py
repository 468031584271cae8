"""`manage.py demo`: an invented town to look around in. Never in production."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lishui_center.demo import load
from lishui_center.demo.live import Play
from services.centres.models import Centre
from services.halls.access import is_open


class Command(BaseCommand):
    """Fill the database with invented people, centres and bookings."""

    help = "Load invented demo data; refused when DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what can be chosen."""
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is data already"
        )
        parser.add_argument("--live", action="store_true", help="play a busy hall until Ctrl-C")
        parser.add_argument("--speed", type=float, default=10, help="live: so many times as fast")
        parser.add_argument("--minutes", type=float, help="live: stop after so many minutes")
        parser.add_argument("--centre", default="town", help="live: the centre's code")
        parser.add_argument(
            "--scale", type=float, default=1, help="so many times 60 days of history"
        )

    def handle(
        self, *_args: str, reset: bool, if_empty: bool, scale: float, **options: Any
    ) -> None:
        """Load, or say why not."""
        if not settings.DEBUG:
            raise CommandError("Demo data is for development: refused because DEBUG is off.")
        if options["live"]:
            self._play(options)
            return
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

    def _play(self, options: dict[str, Any]) -> None:
        """A busy hall in the running system."""
        centre = Centre.objects.bookable().filter(code=options["centre"]).first()
        if centre is None:
            raise CommandError("There is no such centre with windows. Load the demo data first.")
        if options["speed"] <= 0:
            raise CommandError("--speed must be greater than 0.")
        play = Play(centre, timezone.now, time.sleep, self.stdout.write, speed=options["speed"])
        if not play.extras:
            raise CommandError("Nobody of the demo works there: choose a centre with a roster.")
        if not is_open(centre, timezone.now()):
            self.stdout.write(
                "The hall is closed at this time: the kiosk stays shut, and the front desk "
                "gives the numbers, as staff may."
            )
        play.run(options["minutes"])
