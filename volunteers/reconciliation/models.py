"""What the nightly comparison of the ledger with itself found."""

from django.db import models


class Reconciliation(models.Model):
    """One night: whether all agreed, and the minutes that stood at `ran_at`.

    `differences` is a list of {"what": code, "about": id, "expected": number, "found": number}.
    """

    day = models.DateField(unique=True)
    ran_at = models.DateTimeField()
    ok = models.BooleanField()
    minutes = models.BigIntegerField()
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {'ok' if self.ok else 'differs'}"
