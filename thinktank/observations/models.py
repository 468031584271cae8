"""What members of the think tank observed, each with the figures of that moment."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.common.language import in_language
from thinktank.experts.models import ExpertProfile
from thinktank.subjects.evidence import fingerprint
from thinktank.subjects.registry import kind_label

TITLE_LENGTH = 120
TEXT_LENGTH = 8000
NOTE_LENGTH = 300


class Method(models.TextChoices):
    """How something was observed."""

    VISIT = "visit", _("Visit on the spot")
    TALKS = "talks", _("Talks with residents")
    RECORDS = "records", _("Reading the records")
    ROUND_TABLE = "round_table", _("Round table")
    COMPARISON = "comparison", _("Comparison with other places")


class ObservationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("observation", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("observation", "Submitted")
    PUBLISHED = "published", pgettext_lazy("observation", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("observation", "Taken back")


TONES = {
    ObservationState.DRAFT: "quiet",
    ObservationState.SUBMITTED: "warn",
    ObservationState.PUBLISHED: "open",
    ObservationState.WITHDRAWN: "quiet",
}


class ObservationQuerySet(models.QuerySet["Observation"]):
    def published(self) -> "ObservationQuerySet":
        return self.filter(state=ObservationState.PUBLISHED)

    def of(self, user: User) -> "ObservationQuerySet":
        return self.filter(author=user)

    def drafts(self) -> "ObservationQuerySet":
        return self.filter(state=ObservationState.DRAFT)

    def matching(self, text: str) -> "ObservationQuerySet":
        """With every word of `text` in the title, the subject or the report itself."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in ("title", "subject_title_zh", "subject_title_en", "text"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def for_list(self) -> "ObservationQuerySet":
        """With what a list shows, without the evidence; the latest first."""
        latest = (F("published_at").desc(nulls_first=True), "-pk")
        return self.select_related("expert", "begun_by").defer("evidence").order_by(*latest)


class Observation(models.Model):
    """A report on one subject, from draft to publication.

    `evidence` is drawn from the ledgers when the report is submitted and never again: the pack of
    subjects.evidence, with its SHA-256. A draft that was returned loses it, and gets a new one when
    it is submitted anew. `begun_by` is who wrote first, where a draft was handed over.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations"
    )
    expert = models.ForeignKey(ExpertProfile, models.PROTECT, related_name="observations")
    begun_by = models.ForeignKey(
        ExpertProfile, models.PROTECT, null=True, related_name="+", db_index=False
    )
    subject_kind = models.CharField(max_length=20)
    subject_code = models.CharField(max_length=60)
    subject_title_zh = models.CharField(max_length=120)
    subject_title_en = models.CharField(max_length=160)
    title = models.CharField(_("Title"), max_length=TITLE_LENGTH)
    method = models.CharField(_("How it was observed"), max_length=20, choices=Method)
    observed_on = models.DateField(_("Observed on"))
    text = models.TextField(pgettext_lazy("think tank", "Report"), max_length=TEXT_LENGTH)
    state = models.CharField(
        max_length=10, choices=ObservationState, default=ObservationState.DRAFT
    )
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    evidence = models.JSONField(null=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["-published_at"],
                condition=Q(state="published"),
                name="observation_published",
            ),
            models.Index(fields=["subject_kind", "subject_code"], name="observation_subject"),
        ]
        constraints = [
            CheckConstraint(
                condition=~Q(state__in=["submitted", "published"])
                | (Q(submitted_at__isnull=False, evidence__isnull=False) & ~Q(evidence_sha256="")),
                name="observation_submitted_with_evidence",
            ),
            CheckConstraint(
                condition=~Q(state="draft") | Q(evidence__isnull=True, evidence_sha256=""),
                name="observation_draft_has_no_evidence",
            ),
            CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="observation_published_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(published_by=F("author")),
                name="observation_never_published_by_oneself",
            ),
            CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(note=""),
                name="observation_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES.get(ObservationState(self.state), "")

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.subject_code}"

    @property
    def subject_title(self) -> str:
        return in_language(self.subject_title_zh, self.subject_title_en)

    @property
    def subject_kind_label(self) -> str:
        return kind_label(self.subject_kind)

    @property
    def is_published(self) -> bool:
        return self.state == ObservationState.PUBLISHED

    @property
    def is_whole(self) -> bool:
        """Whether the evidence still is what was frozen."""
        pack: dict[str, Any] | None = self.evidence
        return pack is not None and fingerprint(pack) == self.evidence_sha256


class Interest(models.Model):
    """A member's own interest in a subject: they do not verify anything there."""

    expert = models.ForeignKey(ExpertProfile, models.CASCADE, related_name="interests")
    subject_kind = models.CharField(max_length=20)
    subject_code = models.CharField(max_length=60)
    subject_title_zh = models.CharField(max_length=120)
    subject_title_en = models.CharField(max_length=160)
    reason = models.CharField(_("What the interest is"), max_length=NOTE_LENGTH)
    declared_on = models.DateField()

    class Meta:
        ordering = ["-declared_on", "-pk"]
        constraints = [
            UniqueConstraint(
                fields=["expert", "subject_kind", "subject_code"], name="interest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.subject_kind}:{self.subject_code}"

    @property
    def subject_title(self) -> str:
        return in_language(self.subject_title_zh, self.subject_title_en)
