"""Recommendations: what was advised, what was answered, what followed, and whether it worked."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from services.centres.models import Centre
from services.ratings.models import Score
from thinktank.observations.models import Observation
from thinktank.recommendations import rules

TITLE_LENGTH = 120
TEXT_LENGTH = 3000


class AnswerClass(models.TextChoices):
    """The three answers there are."""

    ADOPTED = "A", _("Adopted")
    PLANNED = "B", _("Planned")
    NOTED = "C", _("Noted, not taken up")


CLASS_TONES = {
    AnswerClass.ADOPTED: "open",
    AnswerClass.PLANNED: "warn",
    AnswerClass.NOTED: "quiet",
}


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def of(self, user: User) -> "RecommendationQuerySet":
        """What the person recommended."""
        return self.filter(author=user)

    def answered(self) -> "RecommendationQuerySet":
        return self.filter(response__isnull=False)

    def waiting(self) -> "RecommendationQuerySet":
        return self.filter(response__isnull=True)

    def public(self) -> "RecommendationQuerySet":
        """Answered ones of observations that are published."""
        return self.answered().filter(observation__state="published")

    def overdue(self, day: date) -> "RecommendationQuerySet":
        return self.waiting().filter(due_on__lt=day)

    def matching(self, text: str) -> "RecommendationQuerySet":
        """With every word of `text` in the title, the advice or the answer."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in ("title", "text", "response__text"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def for_list(self) -> "RecommendationQuerySet":
        """With what a list shows; unanswered ones first, the earliest due before all."""
        return (
            self.select_related("centre", "observation__expert", "response__rating", "verification")
            .defer("observation__evidence", "observation__text")
            .order_by(F("response__at").desc(nulls_first=True), "due_on", "pk")
        )


class Recommendation(models.Model):
    """Advice that follows from a published observation; its owner answers by `due_on`.

    No centre means that the town itself is the owner.
    """

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="recommendations")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recommendations"
    )
    centre = models.ForeignKey(
        Centre,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("Who is to answer"),
    )
    title = models.CharField(_("Title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("What is recommended, and why"), max_length=TEXT_LENGTH)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    due_on = models.DateField(db_index=True)
    warned_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(
                condition=Q(due_on__gt=F("issued_on")), name="recommendation_due_after_issue"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> str:
        return self.centre.short_name if self.centre else gettext("The town")

    @property
    def answer(self) -> "Response | None":
        """The answer; None while there is none."""
        return getattr(self, "response", None)

    @property
    def checked(self) -> "Verification | None":
        """What became of it, once somebody looked."""
        return getattr(self, "verification", None)

    @property
    def warn_on(self) -> date:
        return rules.warn_on(self.issued_on, self.due_on)


class Response(models.Model):
    """The owner's one answer. Nobody answers what they recommended themselves."""

    recommendation = models.OneToOneField(Recommendation, models.CASCADE, related_name="response")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer_class = models.CharField(
        pgettext_lazy("think tank", "Answer"), max_length=1, choices=AnswerClass
    )
    text = models.TextField(_("What will be done, or why nothing is"), max_length=TEXT_LENGTH)
    planned_for = models.DateField(_("Planned for"), null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(by=F("author")), name="response_never_by_the_author"),
            CheckConstraint(condition=~Q(text=""), name="response_says_why"),
            CheckConstraint(
                condition=Q(answer_class="B", planned_for__isnull=False)
                | (~Q(answer_class="B") & Q(planned_for=None)),
                name="response_planned_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.answer_class}"

    @property
    def tone(self) -> str:
        return CLASS_TONES.get(AnswerClass(self.answer_class), "")

    @property
    def rated(self) -> "MemberRating | None":
        """What the member thinks of the answer."""
        return getattr(self, "rating", None)


class MemberRating(models.Model):
    """What the member who recommended thinks of the answer: one of the five levels."""

    response = models.OneToOneField(Response, models.CASCADE, related_name="rating")
    score = models.PositiveSmallIntegerField(choices=Score)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="member_rating_one_to_five"
            )
        ]

    def __str__(self) -> str:
        return f"{self.score} of 5"


class Verification(models.Model):
    """Whether it worked, by a figure before and after, said by somebody independent."""

    recommendation = models.OneToOneField(
        Recommendation, models.CASCADE, related_name="verification"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    metric = models.CharField(_("What was measured"), max_length=120)
    before = models.DecimalField(
        pgettext_lazy("think tank", "Before"), max_digits=12, decimal_places=2
    )
    after = models.DecimalField(
        pgettext_lazy("think tank", "After"), max_digits=12, decimal_places=2
    )
    has_effect = models.BooleanField(_("It had the effect"), default=False)
    note = models.CharField(_("Where the figures come from"), max_length=300)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=~Q(by=F("author")) & ~Q(by=F("answered_by")),
                name="verification_by_somebody_independent",
            ),
            CheckConstraint(
                condition=Q(has_effect=False) | ~Q(before=F("after")),
                name="verification_effect_is_a_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.metric}"
