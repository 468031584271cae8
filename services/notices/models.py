"""What was missing at a visit, as the visitor was told it."""

from django.db import models
from django.db.models import UniqueConstraint

from lishui_center.common.language import in_language
from services.tickets.models import TicketItem

NAME_LENGTH = 120


class MissingDocument(models.Model):
    """One thing that the visitor still has to bring for a service.

    The names are kept as they were: what somebody was told stays true when the catalogue changes.
    """

    line = models.ForeignKey(TicketItem, models.CASCADE, related_name="missing", db_index=False)
    name_zh = models.CharField(max_length=NAME_LENGTH)
    name_en = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        ordering = ["pk"]
        constraints = [UniqueConstraint(fields=["line", "name_zh"], name="missing_document_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)
