"""Exports too long to answer at once: made by a worker, kept for a day."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lishui_center.common.encryption import lookup_hash, unseal
from lishui_center.common.tables import TABLES
from lishui_center.exports.rules import OPEN_STATES, Format, Order, State


class ExportQuerySet(models.QuerySet["Export"]):
    """The questions asked of exports."""

    def of_order(self, order: Order) -> Self:
        """Of the same list, narrowed alike, in the same language and kind of file."""
        return self.filter(
            table=order.table,
            format=order.format,
            language=order.language,
            query_hash=lookup_hash(order.query, purpose="query"),
        )

    def open(self) -> Self:
        """Neither ready nor given up."""
        return self.filter(state__in=OPEN_STATES)

    def being_made(self, now: datetime) -> Self:
        """A worker is at it."""
        return self.filter(state=State.RUNNING, claimed_until__gt=now)

    def due(self, now: datetime) -> Self:
        """Left by a worker that never came back, then those that wait, in the order of asking."""
        left = Q(state=State.RUNNING, claimed_until__lte=now)
        return self.filter(left | Q(state=State.WAITING)).order_by("state", "pk")

    def expired(self, now: datetime) -> Self:
        """Kept long enough."""
        return self.filter(expires_at__lte=now).exclude(state=State.RUNNING)


class Export(models.Model):
    """One list on its way into a file, for the person who asked and nobody else.

    `claimed_until` is when a running one falls to the next worker; the value that a worker wrote
    proves that the claim is still its own. The filters may name a person, so they are sealed.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports", db_index=False
    )
    table = models.CharField(max_length=40)
    format = models.CharField(max_length=4, choices=Format)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    query_sealed = models.TextField(blank=True)
    query_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    rows_total = models.PositiveIntegerField()
    rows_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    file_name = models.CharField(max_length=60, blank=True)

    objects: ClassVar = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("owner", "-id"), name="export_by_owner"),)
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "table", "format", "language", "query_hash"),
                condition=Q(state__in=OPEN_STATES),
                name="export_same_once",
            ),
            # Long ones wait for each other, so that messages never wait for all of them.
            models.UniqueConstraint(
                fields=("state",), condition=Q(state=State.RUNNING), name="export_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="export_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, claimed_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(claimed_until=None)),
                name="export_running_is_claimed",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.DONE) & ~Q(file_name=""))
                | (~Q(state=State.DONE) & Q(file_name="")),
                name="export_done_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="export_done_within_total"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.state}"

    @property
    def title(self) -> str:
        """The list's name in the reader's language."""
        known = TABLES.get(self.table)
        return str(known.title) if known else self.table

    @property
    def query(self) -> str:
        """What narrows the list, as in the page's address."""
        return unseal(self.query_sealed)

    @property
    def params(self) -> dict[str, str]:
        """The same by name."""
        return QueryDict(self.query).dict()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE
