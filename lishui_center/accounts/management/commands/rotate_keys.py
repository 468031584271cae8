"""`manage.py rotate_keys`: everything sealed with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lishui_center.accounts.rotation import Progress, rotate_all


class Command(BaseCommand):
    """Seals personal data again with the first of FIELD_KEYS and hashes it with LOOKUP_KEY."""

    help = (
        "Seal all personal data with the first of FIELD_KEYS, and hash it with LOOKUP_KEY. "
        "Run it again if it was interrupted."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print each table's progress; fail if a row could not be opened."""
        tables: dict[str, Progress] = {}
        for progress in rotate_all():
            tables[progress.table] = progress
            self.stdout.write(f"{progress.table}: {progress.changed} of {progress.seen} changed")
        failed = sum(progress.failed for progress in tables.values())
        if failed:
            raise CommandError(f"{failed} rows are sealed with a key that FIELD_KEYS lacks.")
        self.stdout.write(self.style.SUCCESS("All rows are sealed with the newest key."))
