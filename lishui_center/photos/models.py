"""Photos that people took, as they are kept."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q, UniqueConstraint


def web_path(photo: "Photo", _name: str) -> str:
    """Where the large picture is; a name that nobody guesses."""
    return f"photos/{photo.pk.hex[:2]}/{photo.pk.hex}.webp"


def thumb_path(photo: "Photo", _name: str) -> str:
    """Where the small one is, beside it."""
    return f"photos/{photo.pk.hex[:2]}/{photo.pk.hex}-thumb.webp"


class PhotoQuerySet(models.QuerySet["Photo"]):
    """The questions asked of photos."""

    def unused(self) -> Self:
        """Those that no row of any concept points to."""
        found = self
        for relation in Photo._meta.get_fields(include_hidden=True):
            if isinstance(relation, ForeignObjectRel):
                pointing = relation.related_model._base_manager.filter(
                    **{relation.field.attname: OuterRef("pk")}
                )
                found = found.exclude(Exists(pointing))
        return found


class Photo(models.Model):
    """A photo, drawn anew; `digest` is the SHA-256 of the file that came in.

    Who may see it is decided by what it belongs to: serve it from that concept's view only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, db_index=True)
    web = models.FileField(upload_to=web_path)
    thumb = models.FileField(upload_to=thumb_path)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["uploaded_by", "digest"],
                condition=Q(uploaded_by__isnull=False),
                name="photo_once_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.pk.hex
