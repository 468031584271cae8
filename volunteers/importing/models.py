"""A list of members between its preview and its confirmation."""

from datetime import datetime

from django.conf import settings
from django.db import models

from lishui_center.accounts.models import User


class MemberImportQuerySet(models.QuerySet["MemberImport"]):
    def of(self, user: User) -> "MemberImportQuerySet":
        return self.filter(owner=user)

    def live(self, now: datetime) -> "MemberImportQuerySet":
        """Those that can still be confirmed."""
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> "MemberImportQuerySet":
        return self.filter(expires_at__lte=now)


class MemberImport(models.Model):
    """The rows of an uploaded sheet, sealed: what was previewed is what is confirmed.

    Asking for the file a second time could bring another one than the person looked at, and the
    names and phones in it must not lie on a disk in clear. So the rows wait here, encrypted, for
    half an hour, for their owner alone; confirming or discarding removes them at once.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rows_sealed = models.TextField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = MemberImportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.owner_id}"
