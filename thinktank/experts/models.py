"""Members of the think tank, and from when to when each of them is engaged."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Prefetch, Q, UniqueConstraint
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.common.language import in_language
from thinktank.experts import rules

REASON_LENGTH = 300


class Field(models.TextChoices):
    """What a member knows best."""

    GOVERNANCE = "governance", _("Grassroots governance")
    SERVICES = "services", _("Public services")
    COMMUNITY = "community", _("Community work")
    VOLUNTEERING = "volunteering", _("Volunteering")
    LAW = "law", _("Law and mediation")
    CULTURE = "culture", _("Culture and heritage")
    EDUCATION = "education", pgettext_lazy("field", "Education")
    AGEING = "ageing", _("Care for the elderly")
    HEALTH = "health", pgettext_lazy("field", "Health")
    WATER = "water", _("Rivers and environment")
    PLANNING = "planning", _("Town planning")
    DIGITAL = "digital", _("Digital services")
    ECONOMY = "economy", _("Local economy")


class ProfileState(models.TextChoices):
    LISTED = "listed", pgettext_lazy("profile", "Public")
    HIDDEN = "hidden", pgettext_lazy("profile", "Hidden")


class EngagementState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("engagement", "Draft")
    ACTIVE = "active", pgettext_lazy("engagement", "Letter issued")
    ENDED = "ended", pgettext_lazy("engagement", "Term over")
    TERMINATED = "terminated", pgettext_lazy("engagement", "Ended early")


ISSUED = [EngagementState.ACTIVE, EngagementState.ENDED, EngagementState.TERMINATED]
TONES = {
    EngagementState.DRAFT: "quiet",
    EngagementState.ACTIVE: "open",
    EngagementState.ENDED: "quiet",
    EngagementState.TERMINATED: "bad",
}


class ExpertQuerySet(models.QuerySet["ExpertProfile"]):
    def listed(self) -> "ExpertQuerySet":
        """Those the public may see: engaged now or before, and not hidden."""
        engaged = Engagement.objects.filter(expert=OuterRef("pk"), state__in=ISSUED)
        return self.filter(Exists(engaged), state=ProfileState.LISTED)

    def current(self, day: date) -> "ExpertQuerySet":
        """Those with a term that holds that day."""
        return self.filter(Exists(Engagement.objects.current(day).filter(expert=OuterRef("pk"))))

    def with_terms(self, day: date) -> "ExpertQuerySet":
        """With `terms`, the latest first; members in office (`is_current`) come first."""
        terms = Engagement.objects.filter(state__in=ISSUED).order_by("-starts_on")
        current = Engagement.objects.current(day).filter(expert=OuterRef("pk"))
        found = self.annotate(is_current=Exists(current))
        found = found.order_by(Exists(current).desc(), "field", "code")
        return found.prefetch_related(Prefetch("engagements", terms, to_attr="terms"))

    def of_user(self, user: User) -> "ExpertProfile | None":
        """The person's own profile."""
        return self.filter(user=user).first()


class ExpertProfile(models.Model):
    """A member as the public sees one. The names are empty once the account is erased."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert_profile"
    )
    code = models.SlugField(_("Short name in the address"), max_length=40, unique=True)
    field = models.CharField(_("Field"), max_length=20, choices=Field)
    name_zh = models.CharField(
        pgettext_lazy("person", "Name in Chinese"), max_length=40, blank=True
    )
    name_en = models.CharField(
        pgettext_lazy("person", "Name in English"), max_length=60, blank=True
    )
    bio_zh = models.TextField(_("About the member, in Chinese"), max_length=1000, blank=True)
    bio_en = models.TextField(_("About the member, in English"), max_length=1500, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=ProfileState, default=ProfileState.LISTED
    )
    is_invented = models.BooleanField(default=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["field", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en) or gettext("Former member")

    @property
    def bio(self) -> str:
        return in_language(self.bio_zh, self.bio_en)


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def current(self, day: date) -> "EngagementQuerySet":
        """Issued, and in force that day."""
        return self.filter(state=EngagementState.ACTIVE, starts_on__lte=day, ends_on__gte=day)

    def over(self, day: date) -> "EngagementQuerySet":
        """Issued, and past their last day."""
        return self.filter(state=EngagementState.ACTIVE, ends_on__lt=day)

    def to_remind(self, day: date) -> "EngagementQuerySet":
        """In force, ending soon, and nobody was told yet."""
        return self.current(day).filter(
            ends_on__lte=day + rules.REMIND_BEFORE, reminded_at__isnull=True
        )

    def for_list(self) -> "EngagementQuerySet":
        """With what a list shows, the latest term first."""
        return self.select_related("expert").order_by("-starts_on", "-pk")


class Engagement(models.Model):
    """A term from `starts_on` to `ends_on`, both included, by one letter.

    `terminated_on` is the first day that no longer counts. No two terms of a member share a day:
    see EngagedDay. The letter gives the member's role, and ending it early takes the role back.
    """

    expert = models.ForeignKey(ExpertProfile, models.PROTECT, related_name="engagements")
    letter_no = models.CharField(_("Number of the letter"), max_length=40, unique=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    state = models.CharField(max_length=10, choices=EngagementState, default=EngagementState.DRAFT)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    issued_at = models.DateTimeField(null=True)
    grant = models.OneToOneField(RoleGrant, models.PROTECT, null=True, related_name="+")
    terminated_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="engagement_ends_after_start"
            ),
            CheckConstraint(
                condition=Q(state="draft", issued_by=None, issued_at=None, grant=None)
                | (
                    Q(state__in=["active", "ended", "terminated"])
                    & Q(issued_by__isnull=False, issued_at__isnull=False, grant__isnull=False)
                ),
                name="engagement_issued_by_somebody",
            ),
            CheckConstraint(
                condition=(Q(state="terminated", terminated_on__isnull=False) & ~Q(reason=""))
                | (~Q(state="terminated") & Q(terminated_on=None, reason="")),
                name="engagement_terminated_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.letter_no

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES.get(EngagementState(self.state), "")

    @property
    def last_day(self) -> date:
        """The last day that counted or will count."""
        if self.terminated_on:
            return min(self.ends_on, self.terminated_on - timedelta(days=1))
        return self.ends_on

    def is_current(self, day: date) -> bool:
        return self.state == EngagementState.ACTIVE and rules.holds(
            self.starts_on, self.ends_on, day
        )


class EngagedDay(models.Model):
    """One day of one member, taken by one term: what makes an overlap impossible.

    No range type or exclusion constraint would hold on SQLite, so the overlap becomes a unique
    key, as with volunteers' minutes and booking claims. A year takes 365 narrow rows, a think tank
    of twelve some four thousand; days freed by an early end are removed with it.
    """

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="+")
    expert = models.ForeignKey(ExpertProfile, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["expert", "day"], name="engaged_day_once_per_expert")
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.day}"
