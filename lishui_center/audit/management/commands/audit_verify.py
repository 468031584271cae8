"""`manage.py audit_verify`: tell whether the trail is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lishui_center.audit.models import Event


class Command(BaseCommand):
    """Walks the hash chain and fails at the first link that is missing or was changed."""

    help = "Verify the audit trail's hash chain; exits with 1 when it is broken."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what was found, in one line each."""
        verdict = Event.objects.verdict()
        self.stdout.write(f"sealed: {verdict.sealed}")
        self.stdout.write(f"waiting to be sealed: {verdict.waiting}")
        if verdict.waiting_since:
            age = timezone.now() - verdict.waiting_since
            self.stdout.write(f"oldest waiting for: {age.total_seconds():.0f} s")
        if verdict.broken_at is not None:
            raise CommandError(f"The chain is broken at position {verdict.broken_at}.")
        self.stdout.write(self.style.SUCCESS("The chain is whole."))
