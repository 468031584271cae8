"""The audit trail: one row for each act, written once, sealed into a hash chain soon after."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from lishui_center.audit.rules import START, Link, Verdict, first_break
from lishui_center.common.clock import CELLS_PER_DAY, FIRST_DAY, LAST_DAY, moment

PURGED = "audit.purged"


@dataclass(frozen=True)
class EventFilter:
    """What an auditor looks for; empty fields match everything. Days are local, both included."""

    action: str = ""
    target_type: str = ""
    target_id: str = ""
    actor_id: int | None = None
    since: date | None = None
    until: date | None = None


class EventQuerySet(models.QuerySet["Event"]):
    """What the sealer, the check and the auditor's page ask."""

    def unsealed(self) -> Self:
        """Events not in the chain yet, in the order they will enter it."""
        return self.filter(position=None).order_by("pk")

    def sealed(self) -> Self:
        """The chain, first link first."""
        return self.exclude(position=None).order_by("position")

    def after(self, position: int) -> Self:
        """The links behind `position`."""
        return self.sealed().filter(position__gt=position)

    def older_than(self, before: datetime) -> Self:
        """Events from before that moment."""
        return self.filter(at__lt=before)

    def purges(self) -> Self:
        """The records of links that were removed after the retention, latest first."""
        return self.filter(action=PURGED).order_by("-pk")

    def matching(self, wanted: EventFilter) -> Self:
        """Events that fit every field of `wanted`."""
        bounds = {
            "at__gte": wanted.since and moment(max(wanted.since, FIRST_DAY), 0),
            "at__lt": wanted.until and moment(min(wanted.until, LAST_DAY), CELLS_PER_DAY),
            "action__startswith": wanted.action,
            "target_type": wanted.target_type,
            "target_id": wanted.target_id,
            "actor_id": wanted.actor_id,
        }
        return self.filter(**{name: value for name, value in bounds.items() if value})

    def for_list(self) -> Self:
        """With what the auditor's page shows, latest first."""
        return self.select_related("actor").order_by("-at", "-pk")

    def verdict(self) -> Verdict:
        """Walk the whole chain, from its first link or from where the last purge cut it."""
        purge = self.purges().first()
        after, hash_before = (purge.facts["through"], purge.facts["hash"]) if purge else (0, START)
        links = (event.link() for event in self.after(after).iterator(chunk_size=1000))
        waiting = self.unsealed().aggregate(count=Count("pk"), since=Min("at"))
        return Verdict(
            broken_at=first_break(links, after=after, hash_before=hash_before),
            sealed=self.after(after).count(),
            waiting=waiting["count"],
            waiting_since=waiting["since"],
        )


class Event(models.Model):
    """Who did what to what, when, and whether it was allowed. Holds no personal data.

    `facts` are identifiers, codes and counts. `actor_label` keeps the actor readable ("user:12")
    after the account is erased. A null `position` means not sealed yet.
    """

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        # A user row is emptied, never deleted, and a real constraint would lock it at every event.
        db_constraint=False,
        verbose_name=_("actor"),
    )
    actor_label = models.CharField(_("actor's label"), max_length=40)
    action = models.CharField(_("action"), max_length=60)
    target_type = models.CharField(_("target"), max_length=60)
    target_id = models.CharField(_("target's number"), max_length=64, blank=True)
    centre_id = models.BigIntegerField(_("centre's number"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ok = models.BooleanField(_("allowed"), default=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    address = models.CharField(_("network address, shortened"), max_length=45, blank=True)
    position = models.BigIntegerField(_("position in the chain"), null=True, unique=True)
    previous_hash = models.CharField(_("hash before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = (
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["target_type", "target_id"], name="audit_by_target"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
            models.Index(fields=["id"], name="audit_unsealed", condition=Q(position=None)),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(position=None, hash="", previous_hash="")
                | (Q(position__gte=1) & ~Q(hash="") & ~Q(previous_hash="")),
                name="audit_sealed_whole_or_not",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.target_type}:{self.target_id}"

    def details(self) -> list[str]:
        """The reason and the facts, a line each."""
        facts = [
            f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in self.facts.items()
            if value != []
        ]
        return [self.reason, *facts] if self.reason else facts

    def content(self) -> dict[str, object]:
        """Everything the seal covers, as plain JSON values."""
        return {
            "id": self.pk,
            "at": self.at.astimezone(UTC).isoformat(),
            "actor": self.actor_id,
            "actor_label": self.actor_label,
            "action": self.action,
            "target": [self.target_type, self.target_id],
            "centre": self.centre_id,
            "reason": self.reason,
            "ok": self.ok,
            "facts": self.facts,
            "address": self.address,
        }

    def link(self) -> Link:
        """The sealed event as a link of the chain."""
        if self.position is None:
            raise ValueError(self.pk)
        return Link(self.position, self.previous_hash, self.hash, self.content())
