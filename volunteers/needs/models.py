"""Which needs a project takes up."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from services.requests.models import ServiceRequest
from volunteers.projects.models import Project


class ProjectNeed(models.Model):
    """One need that a project takes up; what was unlinked is in the audit trail."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="need_links", db_index=False)
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="project_links")
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [UniqueConstraint(fields=["project", "request"], name="project_need_once")]

    def __str__(self) -> str:
        return f"{self.request_id} in {self.project_id}"
