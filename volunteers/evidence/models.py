"""Pictures of a project: how it was before, how it went, how it is now."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from lishui_center.photos.models import Photo
from volunteers.projects.models import Project

CAPTION_LENGTH = 100


class EvidenceKind(models.TextChoices):
    BEFORE = "before", pgettext_lazy("photo", "Before")
    AFTER = "after", pgettext_lazy("photo", "After")
    PROGRESS = "progress", pgettext_lazy("photo", "On the way")
    DOCUMENT = "document", pgettext_lazy("photo", "Paper")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def public(self) -> "EvidenceQuerySet":
        """What everybody may see: papers may hold people's names, and stay inside."""
        return self.exclude(kind=EvidenceKind.DOCUMENT).filter(project__approved_at__isnull=False)

    def for_page(self) -> "EvidenceQuerySet":
        """With what a page of pictures shows."""
        return self.select_related("photo")


class Evidence(models.Model):
    """One picture of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=CAPTION_LENGTH)
    taken_on = models.DateField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["taken_on", "pk"]
        indexes = [models.Index(fields=["project", "kind"], name="evidence_by_project_and_kind")]
        constraints = [
            models.UniqueConstraint(fields=["project", "photo"], name="evidence_photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"
